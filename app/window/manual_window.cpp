#include "app/window/manual_window.h"

#include <QAbstractTextDocumentLayout>
#include <QDesktopServices>
#include <QFile>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollBar>
#include <QSplitter>
#include <QTextBlock>
#include <QTextTable>
#include <QVBoxLayout>
#include <functional>

/// They are part of a static library. Outside of every namespace, as Qt asks.
static void openManualResources() {
  Q_INIT_RESOURCE(manual);
}

namespace modascope {
namespace {

const QString kRoot = QStringLiteral(":/manual/");
const QString kFirst = QStringLiteral("getting-started.md");

QString textOf(const QString& page) {
  openManualResources();
  QFile file(kRoot + page);
  if (!file.open(QIODevice::ReadOnly)) return {};
  return QString::fromUtf8(file.readAll());
}

void forEachTable(QTextFrame* frame, const std::function<void(QTextTable&)>& use) {
  for (QTextFrame* child : frame->childFrames()) {
    if (auto* table = qobject_cast<QTextTable*>(child)) use(*table);
    forEachTable(child, use);
  }
}

/// Thin lines and some room, and no wider than what is in them.
void layOut(QTextTable& table, const QColor& line) {
  QTextTableFormat format = table.format();
  format.setBorder(1);
  format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
  format.setBorderBrush(line);
  format.setBorderCollapse(true);
  format.setCellPadding(4);
  format.setCellSpacing(0);
  format.setTopMargin(6);
  format.setBottomMargin(8);
  table.setFormat(format);
}

}  // namespace

QStringList manualPages() {
  return {"getting-started.md",
          "experiment.md",
          "inspect.md",
          "demo.md",
          "data.md",
          "features-and-pictures.md",
          "methods.md",
          "adapters.md",
          "attribution.md",
          "command-line.md",
          "run-folder.md",
          "checkpoints.md",
          "weights.md",
          "glossary.md"};
}

QString manualTitle(const QString& page) {
  const QString first = textOf(page).section('\n', 0, 0);
  return first.startsWith("# ") ? first.mid(2).trimmed() : page;
}

QString anchorOf(const QString& heading) {
  QString anchor;
  for (const QChar c : heading.toLower()) {
    if (c.isLetterOrNumber() || c == '-' || c == '_')
      anchor += c;
    else if (c.isSpace())
      anchor += '-';
  }
  return anchor;
}

ManualView::ManualView(QWidget* parent) : QTextBrowser(parent) {
  setOpenLinks(false);
  setAccessibleName(tr("Page of the manual"));
  document()->setDocumentMargin(16);
  connect(this, &QTextBrowser::anchorClicked, this, &ManualView::follow);
}

void ManualView::showPage(const QString& page) {
  page_ = page.section('#', 0, 0);
  render();
  const QString heading = page.section('#', 1);
  if (heading.isEmpty())
    verticalScrollBar()->setValue(0);
  else
    scrollTo(heading);
  Q_EMIT pageShown(page_);
}

/// A page of the manual is shown here; what lies elsewhere is for the system's own programs.
void ManualView::follow(const QUrl& link) {
  if (!link.scheme().isEmpty() && link.scheme() != "qrc") {
    QDesktopServices::openUrl(link);
    return;
  }
  const QString file = link.fileName().isEmpty() ? page_ : link.fileName();
  showPage(link.hasFragment() ? file + '#' + link.fragment() : file);
}

void ManualView::render() {
  renderedWidth_ = viewport()->width();
  setMarkdown(textOf(page_));
  const QColor line = palette().color(QPalette::Mid);
  forEachTable(document()->rootFrame(), [&](QTextTable& table) { layOut(table, line); });
  document()->setDocumentMargin(16);
}

void ManualView::scrollTo(const QString& heading) {
  for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
    if (block.blockFormat().headingLevel() == 0 || anchorOf(block.text()) != heading) continue;
    setTextCursor(QTextCursor(block));
    const QRectF place = document()->documentLayout()->blockBoundingRect(block);
    verticalScrollBar()->setValue(static_cast<int>(place.top()) - 8);
    return;
  }
}

/// Pictures are screenshots: they are made as wide as there is room.
QVariant ManualView::loadResource(int type, const QUrl& name) {
  if (type != QTextDocument::ImageResource) return QTextBrowser::loadResource(type, name);
  openManualResources();
  QImage image(kRoot + name.path());
  const int room = viewport()->width() - 40;
  if (image.width() > room && room > 0) {
    const double ratio = devicePixelRatioF();
    image = image.scaledToWidth(std::min(image.width(), static_cast<int>(room * ratio)),
                                Qt::SmoothTransformation);
    image.setDevicePixelRatio(static_cast<double>(image.width()) / room);
  }
  return image;
}

/// The pictures follow the window's width.
void ManualView::resizeEvent(QResizeEvent* event) {
  QTextBrowser::resizeEvent(event);
  if (page_.isEmpty() || viewport()->width() == renderedWidth_) return;
  const int place = verticalScrollBar()->value();
  render();
  verticalScrollBar()->setValue(place);
}

bool ManualView::findNext(const QString& words) {
  if (find(words)) return true;
  moveCursor(QTextCursor::Start);
  return find(words);
}

ManualWindow::ManualWindow(QWidget* parent)
    : QDialog(parent),
      words_(new QLineEdit(this)),
      pages_(new QListWidget(this)),
      view_(new ManualView(this)) {
  setWindowTitle(tr("Manual"));
  setWindowFlag(Qt::WindowMaximizeButtonHint);
  words_->setPlaceholderText(tr("Search the manual"));
  words_->setAccessibleName(words_->placeholderText());
  words_->setClearButtonEnabled(true);
  pages_->setAccessibleName(tr("Contents"));
  pages_->setWordWrap(true);
  pages_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* left = new QWidget(this);
  auto* column = new QVBoxLayout(left);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(words_);
  column->addWidget(pages_, 1);
  auto* parts = new QSplitter(this);
  parts->addWidget(left);
  parts->addWidget(view_);
  parts->setSizes({240, 700});
  parts->setStretchFactor(1, 1);
  parts->setChildrenCollapsible(false);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(6, 6, 6, 6);
  layout->addWidget(parts);
  resize(960, 680);
  listPages();
  connect(words_, &QLineEdit::textChanged, this, &ManualWindow::listPages);
  connect(words_, &QLineEdit::returnPressed, this, &ManualWindow::search);
  connect(pages_, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem* item) {
    if (item == nullptr) return;
    const QString page = item->data(Qt::UserRole).toString();
    if (page != view_->page()) view_->showPage(page);
    if (!words_->text().isEmpty()) view_->findNext(words_->text());
  });
  connect(view_, &ManualView::pageShown, this, [this](const QString& page) {
    for (int row = 0; row < pages_->count(); ++row)
      if (pages_->item(row)->data(Qt::UserRole).toString() == page) pages_->setCurrentRow(row);
  });
  view_->showPage(kFirst);
}

/// Those that have the words.
void ManualWindow::listPages() {
  const QSignalBlocker quiet(pages_);
  pages_->clear();
  for (const QString& page : manualPages()) {
    if (!textOf(page).contains(words_->text(), Qt::CaseInsensitive)) continue;
    auto* item = new QListWidgetItem(manualTitle(page), pages_);
    item->setData(Qt::UserRole, page);
    if (page == view_->page()) pages_->setCurrentItem(item);
  }
}

/// The next place on this page, or the first on the first page that has the words.
void ManualWindow::search() {
  if (words_->text().isEmpty() || view_->findNext(words_->text())) return;
  if (pages_->count() == 0) return;
  view_->showPage(pages_->item(0)->data(Qt::UserRole).toString());
  view_->findNext(words_->text());
}

}  // namespace modascope
