#include "widgets/scene/scene_notes.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <utility>

namespace modascope {
namespace {

constexpr double kMargin = 12;
constexpr double kCrossRadius = 26;

struct Pole {
  const char* letter;
  Vec3 direction;
};
constexpr std::array<Pole, 6> kPoles{Pole{"L", {1, 0, 0}}, Pole{"R", {-1, 0, 0}},
                                     Pole{"P", {0, 1, 0}}, Pole{"A", {0, -1, 0}},
                                     Pole{"S", {0, 0, 1}}, Pole{"I", {0, 0, -1}}};

double dot(const Vec3& a, const Vec3& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/// The pole that `direction` clearly points to.
const char* poleTowards(const Vec3& direction) {
  for (const Pole& pole : kPoles) {
    if (dot(pole.direction, direction) > 0.85) return pole.letter;
  }
  return "";
}

Vec3 opposite(const Vec3& v) {
  return {-v[0], -v[1], -v[2]};
}

}  // namespace

SceneNotes::SceneNotes(QWidget* parent) : QWidget(parent) {
  setAttribute(Qt::WA_TransparentForMouseEvents);
  setFocusPolicy(Qt::NoFocus);
}

void SceneNotes::setCaption(const QString& caption) {
  caption_ = caption;
  update();
}

void SceneNotes::setLines(std::vector<Line> lines) {
  lines_ = std::move(lines);
  update();
}

void SceneNotes::setSentence(const QString& sentence) {
  sentence_ = sentence;
  update();
}

void SceneNotes::setCamera(const CameraAxes& axes) {
  camera_ = axes;
  update();
}

double SceneNotes::captionHeight(const QPainter& painter) const {
  return caption_.isEmpty() ? 0 : 6 + QFontMetricsF(painter.font()).height();
}

void SceneNotes::paintCaption(QPainter& painter, const QRectF& area) const {
  const QRectF line = area.adjusted(kMargin, 6, -kMargin, 0);
  painter.setPen(palette().color(QPalette::WindowText));
  painter.drawText(
      line, Qt::AlignHCenter | Qt::AlignTop,
      QFontMetricsF(painter.font()).elidedText(caption_, Qt::ElideRight, line.width()));
}

void SceneNotes::paintLines(QPainter& painter, const QRectF& area) const {
  const QFontMetricsF metrics(painter.font());
  double y = area.top() + kMargin;
  for (const Line& line : lines_) {
    const QRectF swatch(area.left() + kMargin, y + 0.5 * (metrics.height() - 11), 11, 11);
    painter.setPen(Qt::NoPen);
    painter.setBrush(line.colour);
    painter.drawRoundedRect(swatch, 2, 2);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QPointF(swatch.right() + 7, y + metrics.ascent()), line.text);
    y += metrics.height() + 3;
  }
}

void SceneNotes::paintCross(QPainter& painter, const QPointF& centre) const {
  std::array<std::pair<double, const Pole*>, kPoles.size()> poles;
  for (std::size_t i = 0; i < poles.size(); ++i) {
    poles[i] = {dot(kPoles[i].direction, camera_.towardsViewer), &kPoles[i]};
  }
  std::sort(poles.begin(), poles.end());
  QFont font = painter.font();
  font.setBold(true);
  painter.setFont(font);
  for (const auto& [nearness, pole] : poles) {
    QColor ink = palette().color(QPalette::WindowText);
    ink.setAlphaF(nearness < -0.5 ? 0.0 : 0.55 + 0.45 * std::clamp(nearness, 0.0, 1.0));
    const QPointF tip(dot(pole->direction, camera_.right), -dot(pole->direction, camera_.up));
    painter.setPen(QPen(ink, 1.2));
    painter.drawLine(centre, centre + tip * (kCrossRadius - 9));
    const QPointF at = centre + tip * kCrossRadius;
    painter.drawText(QRectF(at - QPointF(10, 10), QSizeF(20, 20)), Qt::AlignCenter,
                     QString::fromLatin1(pole->letter));
  }
}

void SceneNotes::paintSides(QPainter& painter, const QRectF& area) const {
  QFont font = painter.font();
  font.setBold(true);
  painter.setFont(font);
  painter.setPen(palette().color(QPalette::WindowText));
  const QRectF inner = area.adjusted(kMargin, 6, -kMargin, -6);
  const auto letter = [&](int flags, const Vec3& direction) {
    painter.drawText(inner, flags, QString::fromLatin1(poleTowards(direction)));
  };
  letter(Qt::AlignRight | Qt::AlignVCenter, camera_.right);
  letter(Qt::AlignLeft | Qt::AlignVCenter, opposite(camera_.right));
  letter(Qt::AlignHCenter | Qt::AlignTop, camera_.up);
  letter(Qt::AlignHCenter | Qt::AlignBottom, opposite(camera_.up));
}

void SceneNotes::paintInto(QPainter& painter, const QRectF& area) const {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setFont(font());
  const QRectF below = area.adjusted(0, captionHeight(painter), 0, 0);
  paintCaption(painter, area);
  paintLines(painter, below);
  if (!sentence_.isEmpty()) {
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(area.adjusted(kMargin, 0, -kMargin, 0), Qt::AlignCenter | Qt::TextWordWrap,
                     sentence_);
  }
  const double reach = kCrossRadius + kMargin + 6;
  paintCross(painter, {area.left() + reach, area.bottom() - reach});
  paintSides(painter, below);
  painter.restore();
}

void SceneNotes::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  paintInto(painter, rect());
}

}  // namespace modascope
