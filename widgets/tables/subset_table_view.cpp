#include "widgets/tables/subset_table_view.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QTableView>
#include <algorithm>
#include <cmath>

#include "core/files/atomic_file.h"
#include "widgets/bridge/subset_dots.h"
#include "widgets/figures/figure_file.h"
#include "widgets/tables/next_scan_words.h"
#include "widgets/tables/subset_table_csv.h"
#include "widgets/tables/subset_table_model.h"

namespace modascope {
namespace {

constexpr double kDot = 9;
constexpr int kPad = 8;
constexpr int kMostHeight = 720;
constexpr int kFewColumns = 4;
constexpr int kNames = 70;  ///< of a subset, where there are many columns

/// Dots before the names; numbers on their colour (Dice 0…1 for every table), the selected row
/// framed.
class CellPainter : public QStyledItemDelegate {
 public:
  CellPainter(const SubsetTableModel* model, QObject* parent)
      : QStyledItemDelegate(parent), model_(model) {}

  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override {
    const auto theme = plotTheme(option.widget->parentWidget()->palette());
    const bool chosen = option.state & QStyle::State_Selected;
    painter->save();
    painter->setFont(index.data(Qt::FontRole).isValid() ? bold(option.font) : option.font);
    if (index.column() == 0)
      paintName(*painter, option, index, theme);
    else
      paintValue(*painter, option, index, theme);
    if (index.data(SubsetTableModel::MeanRole).toBool()) {
      painter->setPen(QPen(theme.faintText, 1));
      painter->drawLine(option.rect.topLeft(), option.rect.topRight());
    }
    if (chosen) paintFrame(*painter, option, index, theme);
    painter->restore();
  }

  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    auto size = QStyledItemDelegate::sizeHint(option, index);
    if (index.column() == 0)
      size.setWidth(option.fontMetrics.horizontalAdvance(index.data().toString()) +
                    static_cast<int>(subsetWidth(kDot, model_->table().schema)) + 3 * kPad);
    else
      size.setWidth(bold(option.font, index.data().toString()) + 2 * kPad);
    return size;
  }

 private:
  static QFont bold(QFont font) {
    font.setBold(true);
    return font;
  }
  static int bold(const QFont& font, const QString& text) {
    return QFontMetrics(bold(font)).horizontalAdvance(text);
  }

  void paintName(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                 const PlotTheme& theme) const {
    if (option.state & QStyle::State_Selected) {
      auto wash = theme.accent;
      wash.setAlpha(50);
      painter.fillRect(option.rect, wash);
    }
    QRectF rest = QRectF(option.rect).adjusted(kPad, 0, -2, 0);
    if (const auto bits = index.data(SubsetTableModel::SetRole); bits.isValid()) {
      const auto set = ModalitySet::fromBits(static_cast<std::uint8_t>(bits.toUInt()));
      const auto& schema = model_->table().schema;
      if (set) paintSubset(painter, rest, kDot, schema, *set, theme);
      rest.setLeft(rest.left() + subsetWidth(kDot, schema) + kPad);
    }
    painter.setPen(theme.text);
    painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter,
                     option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight,
                                                   static_cast<int>(rest.width())));
  }

  static void paintValue(QPainter& painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index, const PlotTheme& theme) {
    const double shade = index.data(SubsetTableModel::ShadeRole).toDouble();
    const bool known = !std::isnan(shade);
    if (known)
      painter.fillRect(option.rect.adjusted(1, 1, 0, 0), mapped(ColourMap::Viridis, shade));
    painter.setPen(known ? readableOn(mapped(ColourMap::Viridis, shade)) : theme.faintText);
    painter.drawText(option.rect.adjusted(0, 0, -kPad, 0), Qt::AlignRight | Qt::AlignVCenter,
                     index.data().toString());
  }

  static void paintFrame(QPainter& painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index, const PlotTheme& theme) {
    const auto r = QRectF(option.rect).adjusted(1, 1, -1, -1);
    painter.setPen(QPen(theme.accent, 2));
    painter.drawLine(r.topLeft(), r.topRight());
    painter.drawLine(r.bottomLeft(), r.bottomRight());
    if (index.column() == 0) painter.drawLine(r.topLeft(), r.bottomLeft());
    if (index.column() + 1 == index.model()->columnCount())
      painter.drawLine(r.topRight(), r.bottomRight());
  }

  const SubsetTableModel* model_;
};

void setUp(QTableView& view) {
  view.setAccessibleName(QObject::tr("Scores of every subset of the modalities"));
  view.setSortingEnabled(true);
  view.setSelectionBehavior(QAbstractItemView::SelectRows);
  view.setSelectionMode(QAbstractItemView::SingleSelection);
  view.setShowGrid(false);
  view.setFrameShape(QFrame::NoFrame);
  view.setTabKeyNavigation(false);
  view.verticalHeader()->hide();
  view.verticalHeader()->setDefaultSectionSize(view.fontMetrics().height() + 7);
  view.horizontalHeader()->setHighlightSections(false);
  view.horizontalHeader()->setMinimumSectionSize(44);
  view.horizontalHeader()->setSortIndicatorShown(true);
  // The rows mark themselves: a full highlight would hide the dots and the colours of the cells.
  auto colours = view.palette();
  colours.setColor(QPalette::Highlight, Qt::transparent);
  view.setPalette(colours);
}

/// The last row of another's, without a header, its columns as wide as there.
class OnlyMean : public QSortFilterProxyModel {
 public:
  using QSortFilterProxyModel::QSortFilterProxyModel;

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override {
    return sourceModel()->index(row, 0, parent).data(SubsetTableModel::MeanRole).toBool();
  }
};

void setUpMean(QTableView& mean, QTableView& rows) {
  mean.setAccessibleName(QObject::tr("Mean over the subsets"));
  mean.setFocusPolicy(Qt::NoFocus);
  mean.setSelectionMode(QAbstractItemView::NoSelection);
  mean.setShowGrid(false);
  mean.setFrameShape(QFrame::NoFrame);
  mean.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  mean.setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  mean.verticalHeader()->hide();
  mean.verticalHeader()->setDefaultSectionSize(rows.verticalHeader()->defaultSectionSize());
  mean.horizontalHeader()->hide();
  mean.horizontalHeader()->setMinimumSectionSize(1);
  mean.setFixedHeight(rows.verticalHeader()->defaultSectionSize());
  QObject::connect(rows.horizontalHeader(), &QHeaderView::sectionResized, &mean,
                   [&mean](int column, int, int width) { mean.setColumnWidth(column, width); });
  QObject::connect(rows.horizontalScrollBar(), &QScrollBar::valueChanged, &mean,
                   [&mean](int at) { mean.horizontalScrollBar()->setValue(at); });
  mean.setHorizontalScrollMode(rows.horizontalScrollMode());
}

/// Which of them count needs no rule where there is but one.
bool countsCases(const SubsetTable& table) {
  return table.reference == Reference::AllModalities ||
         std::any_of(table.rows.begin(), table.rows.end(),
                     [](const SubsetTable::Row& row) { return row.cases > 1; });
}

}  // namespace

SubsetTableView::SubsetTableView(QWidget* parent)
    : QWidget(parent),
      model_(new SubsetTableModel(this)),
      order_(new SubsetOrder(this)),
      view_(new QTableView(this)),
      mean_(new QTableView(this)),
      measure_(new QComboBox(this)),
      message_(new QLabel(this)),
      worth_(new QLabel(this)),
      rule_(new QLabel(this)),
      notes_(new QScrollArea(this)) {
  order_->setSourceModel(model_);
  view_->setModel(order_);
  view_->setItemDelegate(new CellPainter(model_, view_));
  setUp(*view_);
  auto* onlyMean = new OnlyMean(this);
  onlyMean->setSourceModel(order_);
  mean_->setModel(onlyMean);
  mean_->setItemDelegate(new CellPainter(model_, mean_));
  setUpMean(*mean_, *view_);
  connect(order_, &QAbstractItemModel::layoutChanged, this, &SubsetTableView::pinMean);
  view_->sortByColumn(0, Qt::AscendingOrder);
  for (auto* label : {message_, worth_, rule_}) label->setWordWrap(true);
  worth_->setTextFormat(Qt::PlainText);
  measure_->setAccessibleName(tr("What the table shows"));
  auto small = font();
  small.setPointSizeF(small.pointSizeF() * 0.85);
  rule_->setFont(small);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(message_);
  column->addWidget(measure_);
  column->addWidget(view_, 1000);
  column->addWidget(mean_);
  column->addWidget(makeNotes());
  column->addStretch(1);
  connect(view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& current) { choose(current); });
  connect(measure_, &QComboBox::activated, this, [this](int row) {
    const auto before = selectedSet();
    quiet_ = true;
    model_->setMeasure(static_cast<Measure>(measure_->itemData(row).toInt()));
    quiet_ = false;
    layOut();
    if (before) setSelected(*before);
    say();
  });
  say();
}

/// The words beneath the rows, which take no room of them where there is little.
QWidget* SubsetTableView::makeNotes() {
  auto* words = new QWidget(notes_);
  auto* column = new QVBoxLayout(words);
  column->setContentsMargins(0, 2, 0, 0);
  column->addWidget(worth_);
  column->addWidget(rule_);
  column->addStretch(1);
  notes_->setWidget(words);
  notes_->setWidgetResizable(true);
  notes_->setFrameShape(QFrame::NoFrame);
  notes_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  notes_->setAccessibleName(tr("What the chosen row says, and the rule that the numbers follow"));
  return notes_;
}

int SubsetTableView::heightOfNotes() const {
  if (worth_->isHidden() && rule_->isHidden()) return 0;
  const int bar = notes_->verticalScrollBar()->sizeHint().width();
  return notes_->widget()->layout()->heightForWidth(std::max(width() - bar, 40));
}

/// As high as they are, but at most a quarter of the table.
void SubsetTableView::fitNotes() {
  const int needed = heightOfNotes();
  notes_->setVisible(needed > 0);
  const int least = fontMetrics().height() * 2;
  notes_->setFixedHeight(std::min(needed, std::max(least, height() / 4)));
  updateGeometry();
}

QSize SubsetTableView::sizeHint() const {
  int height = heightOfNotes();
  const auto add = [&height](const QWidget* part, int own) {
    if (!part->isHidden()) height += own + 6;
  };
  add(message_, message_->sizeHint().height());
  add(measure_, measure_->sizeHint().height());
  add(view_, view_->maximumHeight());
  add(mean_, mean_->height());
  return {340, std::min(height, kMostHeight)};
}

void SubsetTableView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fitNotes();
}

void SubsetTableView::setTable(const SubsetTable& table, const std::vector<SubsetColumn>& columns) {
  change([&](SubsetTableModel& model) { model.setTable(table, columns); });
}

void SubsetTableView::change(const std::function<void(SubsetTableModel&)>& change) {
  pending_ = false;
  const auto before = selectedSet();
  quiet_ = true;
  change(*model_);
  quiet_ = false;
  offerMeasures();
  layOut();
  if (before) setSelected(*before);
  say();
}

void SubsetTableView::offerMeasures() {
  const bool agreement = model_->isAgreement();
  const auto words = [agreement](Measure measure) {
    return measure == Measure::Dice   ? agreement ? tr("Agreement with all (Dice)") : tr("Dice")
             : measure == Measure::Hd95 ? agreement ? tr("HD95 from all (mm)") : tr("HD95 (mm)")
                                        : tr("Volume (mL)");
  };
  measure_->clear();
  for (const Measure measure : model_->measures())
    measure_->addItem(words(measure), static_cast<int>(measure));
  measure_->setCurrentIndex(measure_->findData(static_cast<int>(model_->measure())));
  measure_->setVisible(measure_->count() > 1);
}

void SubsetTableView::layOut() {
  if (!model_->hasTable()) return pinMean();
  const SubsetTable& table = model_->table();
  auto* header = view_->horizontalHeader();
  for (int column = 1; column < model_->columnCount(); ++column)
    header->setSectionResizeMode(column, QHeaderView::ResizeToContents);
  const int dots = static_cast<int>(subsetWidth(kDot, table.schema)) + 2 * kPad;
  const auto columns = static_cast<int>(table.columns.size());
  const bool scrolls = columns > kFewColumns;  // sideways, where the names would have no room
  header->setSectionResizeMode(0, scrolls ? QHeaderView::Interactive : QHeaderView::Stretch);
  if (scrolls) header->resizeSection(0, dots + kNames);
  view_->setMinimumWidth(dots + 58 * std::min(columns, kFewColumns) + 2 * kPad);
  const int bar = scrolls ? view_->horizontalScrollBar()->sizeHint().height() : 0;
  pinMean();
  const int rows = order_->rowCount() - mean_->model()->rowCount();
  view_->setMaximumHeight(bar + header->sizeHint().height() + 2 * view_->frameWidth() +
                          rows * view_->verticalHeader()->defaultSectionSize());
}

/// Sorted in whatever way, it is the last row.
void SubsetTableView::pinMean() {
  const int last = order_->rowCount() - 1;
  for (int row = 0; row <= last; ++row)
    view_->setRowHidden(row, row == last && mean_->model()->rowCount() > 0);
  mean_->setVisible(mean_->model()->rowCount() > 0 && !view_->isHidden());
  for (int column = 0; column < model_->columnCount(); ++column)
    mean_->setColumnWidth(column, view_->columnWidth(column));
}

void SubsetTableView::clear() {
  change([](SubsetTableModel& model) { model.clear(); });
}

void SubsetTableView::setPending() {
  clear();
  pending_ = true;
  say();
}

QString SubsetTableView::messageWords() const {
  if (pending_) return tr("The subsets are being scored.");
  if (!model_->hasTable() || model_->table().rows.empty())
    return tr("No predictions yet: open a run.");
  return tr(
      "No reference segmentation, so there is no Dice. A row shows what the network makes of "
      "that subset.");
}

void SubsetTableView::sayNothing() {
  message_->show();
  view_->hide();
  mean_->hide();
  rule_->hide();
  worth_->hide();
  fitNotes();
}

void SubsetTableView::say() {
  message_->setText(messageWords());
  if (!model_->hasTable()) return sayNothing();
  const auto& table = model_->table();
  const bool none = table.rows.empty();
  message_->setVisible(none || table.columns.empty());
  view_->setVisible(!none);
  mean_->setVisible(!none && mean_->model()->rowCount() > 0);
  const bool scored = !none && !table.columns.empty();
  QStringList rules;
  if (table.reference == Reference::AllModalities) rules << QString::fromUtf8(table.rule());
  if (!others_.isEmpty()) rules << others_;
  if (others_.isEmpty() || model_->isOfRegions())
    rules << QString::fromUtf8(model_->measure() == Measure::Hd95 ? kHd95Rule
                                                                  : table.scoringRule());
  rule_->setText(rules.join(u' '));
  const bool hasRule = model_->measure() != Measure::Volume && !model_->isOfOneSample() &&
                       (model_->isOfRegions() || countsCases(table));
  rule_->setVisible(scored && (hasRule || !others_.isEmpty()));
  const auto set = selectedSet();
  worth_->setText(scored && set && !model_->isOfOneSample() ? nextScanWords(table, *set)
                                                            : QString());
  worth_->setVisible(!worth_->text().isEmpty());
  fitNotes();
}

void SubsetTableView::setOthers(const QString& sentence) {
  others_ = sentence;
  say();
}

void SubsetTableView::setSelected(ModalitySet set) {
  quiet_ = true;
  for (int row = 0; row < order_->rowCount(); ++row) {
    const auto index = order_->index(row, 0);
    const auto bits = index.data(SubsetTableModel::SetRole);
    if (bits.isValid() && bits.toUInt() == set.bits()) view_->setCurrentIndex(index);
  }
  quiet_ = false;
  say();
  // What it says takes room of the rows.
  QMetaObject::invokeMethod(
      view_, [this] { view_->scrollTo(view_->currentIndex()); }, Qt::QueuedConnection);
}

std::optional<ModalitySet> SubsetTableView::selectedSet() const {
  const auto bits = view_->currentIndex().siblingAtColumn(0).data(SubsetTableModel::SetRole);
  if (!bits.isValid()) return std::nullopt;
  return ModalitySet::fromBits(static_cast<std::uint8_t>(bits.toUInt()));
}

void SubsetTableView::choose(const QModelIndex& current) {
  const auto bits = current.siblingAtColumn(0).data(SubsetTableModel::SetRole);
  if (quiet_ || !bits.isValid()) return;
  if (const auto set = ModalitySet::fromBits(static_cast<std::uint8_t>(bits.toUInt())))
    Q_EMIT selected(*set);
}

void SubsetTableView::exportCsv(const std::filesystem::path& file) const {
  writeAtomically(file,
                  csvOf(model_->table(), others_.isEmpty() ? "modalities" : "intact_modalities"));
}

void SubsetTableView::contextMenuEvent(QContextMenuEvent* event) {
  if (!model_->hasTable()) return;
  QMenu menu(this);
  menu.addAction(tr("Save table…"), this, [this] {
    askAndWrite(this, tr("Subsets.csv"), tr("Tables (*.csv)"),
                [this](const auto& file) { exportCsv(file); });
  });
  menu.exec(event->globalPos());
}

}  // namespace modascope
