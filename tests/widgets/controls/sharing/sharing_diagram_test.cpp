#include "widgets/controls/sharing/sharing_diagram.h"

#include <QtTest>

#include "core/problem/brats.h"
#include "tests/test_program.h"
#include "tests/widgets/controls/described_networks.h"
#include "widgets/bridge/palette.h"
#include "widgets/controls/sharing/sharing_diagram_words.h"

using namespace modascope;

namespace {

const ModalitySchema& brats() {
  return bratsModalities();
}

ModalitySet setOf(const char* keys) {
  return parseModalities(brats(), keys);
}

ModalitySchema schemaOf(int count) {
  std::vector<Modality> modalities;
  for (int i = 0; i < count; ++i) {
    const std::string name{"abcdefgh"[i], static_cast<char>('1' + i)};
    modalities.push_back({name, name});
  }
  return ModalitySchema(modalities);
}

ModelDescription describe(const QString& kind, const ModalitySchema& schema = brats()) {
  return described(kind, schema);
}

void kinds() {
  QTest::addColumn<QString>("kind");
  for (const char* kind : {"ds-norm", "early-fusion", "hemis", "ds-encoder", "independent"}) {
    QTest::newRow(kind) << QString(kind);
  }
}

QPalette darkPalette() {
  QPalette palette(QColor(45, 45, 48), QColor(35, 35, 38));
  palette.setColor(QPalette::Base, QColor(30, 30, 32));
  palette.setColor(QPalette::Text, QColor(225, 225, 228));
  return palette;
}

int pixelsOf(const QColor& colour, const QImage& image, const QRectF& area) {
  int count = 0;
  const QRect inside = area.toAlignedRect().intersected(image.rect());
  for (int y = inside.top(); y <= inside.bottom(); ++y) {
    for (int x = inside.left(); x <= inside.right(); ++x) {
      count += image.pixelColor(x, y) == colour;
    }
  }
  return count;
}

/// How much of `area` is drawn in the modality's colour.
double litShare(const QImage& image, const QRectF& area, ModalityId id) {
  return pixelsOf(modalityColour(id), image, area) / (area.width() * area.height());
}

/// Broken between words, with the air that is kept at both sides.
bool fits(const QString& words, const QRectF& place, const QFont& font) {
  const QRectF room(0, 0, place.width() - 4, 1e4);
  const QRectF needed = QFontMetricsF(font).boundingRect(room, Qt::TextWordWrap, words);
  return needed.width() <= room.width() && needed.height() <= place.height();
}

QImage pictureOf(SharingDiagram& diagram) {
  return diagram.grab().toImage();
}

std::size_t blockNamed(const ModelDescription& model, const std::string& name) {
  std::size_t at = 0;
  while (model.blocks.at(at).name != name) ++at;
  return at;
}

}  // namespace

class SharingDiagramTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // ds-norm of width 0.5: 3,236,403 shared and 4 · 2,208 in the norms make 3,245,235.
  void theWordsCountWhatIsSharedAndWhatRuns() {
    const ModelDescription model = describe("ds-norm");
    QCOMPARE(parameterWords(model, setOf("t1,t2,flair")),
             QString("3,245,235 parameters; 3,243,027 run now: shared 3,236,403 and 2,208 of each "
                     "of T1, T2, FLAIR."));
    QCOMPARE(switchedOffWords(model, setOf("t1,t2,flair")), QString("T1ce's branch does not run."));
    QCOMPARE(parameterWords(model, setOf("flair")),
             QString("3,245,235 parameters; 3,238,611 run now: shared 3,236,403 and 2,208 of "
                     "FLAIR."));
    QCOMPARE(switchedOffWords(model, setOf("flair")),
             QString("The branches of T1, T1ce, T2 do not run."));
    QCOMPARE(parameterWords(model, brats().all()),
             QString("3,245,235 parameters, all of them run now: shared 3,236,403 and 2,208 of "
                     "each of T1, T1ce, T2, FLAIR."));
    QCOMPARE(switchedOffWords(model, brats().all()), QString("Nothing is switched off."));
  }

  void aModalitysOwnBlockIsDarkWithoutIt() {
    ModelDescription model{"ds-transformer", brats(), {}, {}};
    model.blocks = {{"project T1", "encoder", 0, 700, 0, {}, ModalityId(0)},
                    {"project T2", "encoder", 0, 300, 0, {}, ModalityId(2)},
                    {"layer 1", "encoder", 0, 5000, 0}};
    QCOMPARE(parameterWords(model, setOf("t1")),
             QString("6,000 parameters; 5,700 run now: shared 5,000 and 700 in blocks of T1 "
                     "alone."));
    SharingDiagram diagram;
    diagram.resize(400, 240);
    diagram.setModel(model);
    diagram.setShown(setOf("t1"));
    const auto frames = diagram.places().blocks;
    QVERIFY(litShare(pictureOf(diagram), frames[0].frame, ModalityId(0)) > 0.5);
    QCOMPARE(litShare(pictureOf(diagram), frames[1].frame, ModalityId(2)), 0.0);
    diagram.setShown(setOf("t1,t2"));
    QVERIFY(litShare(pictureOf(diagram), frames[1].frame, ModalityId(2)) > 0.5);
  }

  static std::vector<QLineF> arrowsInto(const SharingPlaces& places, std::size_t block) {
    std::vector<QLineF> found;
    for (const QLineF& line : places.flow)
      if (places.blocks[block].frame.adjusted(-1, -1, 1, 1).contains(line.p2()))
        found.push_back(line);
    return found;
  }

  void branchesOfModalitiesAreDrawnBesideEachOther() {
    ModelDescription model{"ds-transformer", brats(), {}, {}};
    model.blocks = {{"project T1", "encoder", 0, 700, 0, {}, ModalityId(0)},
                    {"project T1ce", "encoder", 0, 700, 0, {}, ModalityId(1)},
                    {"project T2", "encoder", 0, 300, 0, {}, ModalityId(2)},
                    {"layer 1", "encoder", 0, 5000, 0},
                    {"layer 2", "encoder", 0, 5000, 0}};
    SharingDiagram diagram;
    diagram.resize(400, 240);
    diagram.setModel(model);
    const SharingPlaces places = diagram.places();
    const auto& blocks = places.blocks;
    QCOMPARE(blocks[0].frame.left(), blocks[1].frame.left());
    QCOMPARE(blocks[0].frame.left(), blocks[2].frame.left());
    QVERIFY(blocks[0].frame.bottom() <= blocks[1].frame.top());
    QVERIFY(arrowsInto(places, 0).empty() && arrowsInto(places, 1).empty());
    QCOMPARE(arrowsInto(places, 3).size(), std::size_t{3});  // one from each branch
    QCOMPARE(arrowsInto(places, 4).size(), std::size_t{1});  // layers follow each other
    QCOMPARE(places.flow.size(), 4);
  }

  void encodersThatAreFusedAreDrawnBesideEachOther() {
    ModelDescription model{"cmnext-lite", brats(), {}, {}};
    model.branchPerModality = false;
    model.blocks = {{"RGB 1", "encoder", 2, 700, 0},       {"others 1", "encoder", 2, 300, 0},
                    {"fusion 1", "fusion", 2, 90, 0},      {"RGB 2", "encoder", 3, 700, 0},
                    {"others 2", "encoder", 3, 300, 0},    {"fusion 2", "fusion", 3, 90, 0},
                    {"linear decoder", "decoder", 2, 1, 0}};
    SharingDiagram diagram;
    diagram.resize(400, 300);
    diagram.setModel(model);
    const SharingPlaces places = diagram.places();
    QCOMPARE(places.blocks[0].frame.left(), places.blocks[1].frame.left());
    QVERIFY(places.blocks[0].frame.bottom() <= places.blocks[1].frame.top());
    QCOMPARE(arrowsInto(places, 2).size(), std::size_t{2});
    QCOMPARE(places.flow.size(), 2 + 2 + 2 + 1);
  }

  void networksOfTheirOwnAreCountedOneByOne() {
    ModelDescription model{"independent", brats(), {}, {}};
    model.branchPerModality = false;
    model.blocks = {{"T1", "network", 0, 1500, 0, setOf("t1")},
                    {"T2", "network", 0, 1600, 0, setOf("t2")},
                    {"T1, T2", "network", 0, 2000, 0, setOf("t1,t2")}};
    QCOMPARE(parameterWords(model, setOf("t1,t2")),
             QString("5,100 parameters in 3 networks that share none; run now: 2,000 of the "
                     "network for T1, T2."));
    QCOMPARE(switchedOffWords(model, setOf("t1,t2")), QString("The other 2 networks do not run."));
    QCOMPARE(parameterWords(model, setOf("flair")), QString("5,100 parameters; none run now."));
  }

  void theAdapterOfASubsetSaysHowMuchItSwitches() {
    ModelDescription model = describe("ds-norm");
    QVERIFY(adapterWords(model, setOf("t1")).isEmpty());
    model.adapter = AdapterDescription{"ssf", {{setOf("t1,t2"), 3712}}};
    QCOMPARE(adapterWords(model, setOf("t1,t2")),
             QString("The ssf adapter of this subset switches 3,712 parameters (0.11 %)."));
    QCOMPARE(adapterWords(model, brats().all()),
             QString("No ssf adapter here: the frozen network as it is."));
  }

  void whereAllIsSharedNothingIsSwitchedOff() {
    const ModelDescription model = describe("early-fusion");
    QVERIFY(parameterWords(model, setOf("t2")).contains("all of them run now: shared"));
    QCOMPARE(switchedOffWords(model, setOf("t1,t1ce,t2")),
             QString("Without FLAIR the network still runs in full."));
  }

  void aBlockTellsItsOwnCountsAndHowOftenItRuns() {
    const ModelDescription hemis = describe("hemis");
    const QString down = blockWords(hemis, blockNamed(hemis, "down 2"), setOf("t1,t2"));
    QVERIFY(down.contains("parameters of each modality; those of T1, T2 run now."));
    QVERIFY(down.contains("1/4 of the resolution"));
    QVERIFY(down.contains("Runs once for each of T1, T2."));
    const QString up = blockWords(hemis, blockNamed(hemis, "up 4"), setOf("t1,t2"));
    QVERIFY(up.contains("shared parameters."));
    QVERIFY(up.contains("full resolution"));
    QVERIFY(up.endsWith("Runs once."));
    const ModelDescription norm = describe("ds-norm");
    QVERIFY(blockWords(norm, blockNamed(norm, "up 4"), setOf("t1,t2"))
                .endsWith("Runs once for each of T1, T2."));
  }

  void nothingOverlapsAndAllIsInside_data() { kinds(); }
  void nothingOverlapsAndAllIsInside() {
    QFETCH(QString, kind);
    for (const int modalities : {2, 4, 8}) {
      const ModelDescription model = describe(kind, schemaOf(modalities));
      SharingDiagram diagram;
      diagram.setModel(model);
      for (const QSize size : {QSize(380, 220), QSize(600, 300), QSize(300, 420)}) {
        diagram.resize(size);
        const SharingPlaces places = diagram.places();
        QCOMPARE(places.blocks.size(), model.blocks.size());
        for (std::size_t i = 0; i < places.blocks.size(); ++i) {
          const BlockPlace& place = places.blocks[i];
          QVERIFY(place.frame.width() >= 9 && place.frame.height() >= 4);
          QVERIFY(QRectF(diagram.rect()).contains(place.frame));
          for (std::size_t j = 0; j < i; ++j) {
            QVERIFY(!place.frame.intersects(places.blocks[j].frame));
          }
          for (const QRectF& cell : place.cells) {
            QVERIFY(place.frame.adjusted(-0.01, -0.01, 0.01, 0.01).contains(cell));
            QVERIFY(!cell.intersects(place.shared));
          }
          QCOMPARE(place.cells.empty(),
                   model.blocks[i].perModalityParameters == 0 && !model.blocks[i].onlyFor);
        }
      }
    }
  }

  void atTheHeightForItsWidthAllThatIsWrittenCanBeRead_data() { kinds(); }
  void atTheHeightForItsWidthAllThatIsWrittenCanBeRead() {
    QFETCH(QString, kind);
    const ModelDescription model = describe(kind);
    SharingDiagram diagram;
    diagram.setModel(model);
    QFont small = diagram.font();
    small.setPixelSize(static_cast<int>(0.88 * QFontInfo(small).pixelSize()));
    const double line = QFontMetricsF(small).height();
    for (const int width : {320, 380, 600}) {
      diagram.resize(width, diagram.heightForWidth(width));
      QVERIFY2(diagram.height() < 500, qPrintable(QString::number(diagram.height())));
      const auto places = diagram.places();
      for (std::size_t i = 0; i < places.blocks.size(); ++i) {
        const BlockPlace& place = places.blocks[i];
        for (const QRectF& cell : place.cells) QVERIFY(cell.height() >= line);
        if (model.blocks[i].onlyFor) continue;
        const QString name = QString::fromStdString(model.blocks[i].name);
        QVERIFY2(fits(name, titleOf(place), small), qPrintable(name));
      }
    }
    QVERIFY(diagram.heightForWidth(320) >= diagram.heightForWidth(600));
  }

  void levelsAreRowsAndTheWayUpIsOnTheRight() {
    const ModelDescription model = describe("ds-norm");
    SharingDiagram diagram;
    diagram.resize(600, 300);
    diagram.setModel(model);
    const auto places = diagram.places();
    const auto frame = [&](const char* name) {
      return places.blocks[blockNamed(model, name)].frame;
    };
    QVERIFY(frame("in").bottom() < frame("down 1").top());
    QVERIFY(frame("down 3").bottom() < frame("down 4").top());
    QCOMPARE(frame("up 1").top(), frame("down 3").top());
    QVERIFY(frame("down 3").right() < frame("up 1").left());
    QVERIFY(frame("up 4").right() < frame("head").left());
    QVERIFY(frame("head").right() < frame("mean of logits").left());
  }

  void theCellsOfWhatIsOnShowAreLit_data() {
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
  }
  void theCellsOfWhatIsOnShowAreLit() {
    QFETCH(bool, dark);
    const ModelDescription model = describe("ds-norm");
    SharingDiagram diagram;
    if (dark) diagram.setPalette(darkPalette());
    diagram.resize(600, 300);
    diagram.setModel(model);
    diagram.setShown(setOf("t1,t2,flair"));
    const QImage image = pictureOf(diagram);
    const auto places = diagram.places();
    for (std::size_t i = 0; i + 2 < model.blocks.size(); ++i) {  // all but head and mean
      for (const ModalityId id : brats().ids()) {
        const double share = litShare(image, places.blocks[i].cells[id.index()], id);
        QVERIFY2(id.index() == 1 ? share == 0 : share > 0.4, model.blocks[i].name.c_str());
      }
    }
    diagram.setShown(setOf("t1ce"));
    const QImage other = pictureOf(diagram);
    QVERIFY(litShare(other, places.blocks[0].cells[1], ModalityId(1)) > 0.4);
    QCOMPARE(litShare(other, places.blocks[0].cells[0], ModalityId(0)), 0.0);
  }

  void theSharedPartIsFilledAlikeAndUnlikeAnyModality() {
    const ModelDescription model = describe("ds-norm");
    SharingDiagram diagram;
    diagram.resize(600, 300);
    diagram.setModel(model);
    const QImage image = pictureOf(diagram);
    const auto places = diagram.places();
    const auto fill = [&](std::size_t i) {
      return image.pixelColor(places.blocks[i].shared.toRect().topLeft() + QPoint(3, 3));
    };
    for (std::size_t i = 1; i + 1 < model.blocks.size(); ++i) QCOMPARE(fill(i), fill(0));
    QVERIFY(contrast(fill(0), diagram.palette().color(QPalette::Base)) > 3);
    for (const ModalityId id : brats().ids()) QVERIFY(fill(0) != modalityColour(id));
  }

  void onlyTheNetworkOfTheSubsetRuns() {
    const ModelDescription model = describe("independent");
    SharingDiagram diagram;
    diagram.resize(380, 220);
    diagram.setModel(model);
    diagram.setShown(setOf("t1,flair"));
    const QImage image = pictureOf(diagram);
    const auto places = diagram.places();
    int lit = 0;
    for (std::size_t i = 0; i < model.blocks.size(); ++i) {
      const bool t1 = litShare(image, places.blocks[i].cells[0], ModalityId(0)) > 0.3;
      lit += t1;
      QCOMPARE(t1, *model.blocks[i].onlyFor == setOf("t1,flair"));
    }
    QCOMPARE(lit, 1);
  }

  void theHeightFollowsTheFontAndTheNetwork() {
    SharingDiagram diagram;
    diagram.setModel(describe("hemis"));
    const int before = diagram.heightForWidth(320);
    QCOMPARE(diagram.heightForWidth(320), before);
    const QFont font = diagram.font();
    QFont large = font;
    large.setPixelSize(2 * QFontInfo(font).pixelSize());
    diagram.setFont(large);
    QVERIFY(diagram.heightForWidth(320) > before);
    diagram.setFont(font);
    diagram.setModel(describe("early-fusion"));
    diagram.heightForWidth(320);
    diagram.setModel(describe("hemis"));
    QCOMPARE(diagram.heightForWidth(320), before);
    diagram.clear();
    QCOMPARE(diagram.heightForWidth(320), diagram.minimumSizeHint().height());
  }

  void itFitsASidePanelAndIsReadAloud() {
    SharingDiagram diagram;
    QCOMPARE(diagram.words(), QString());
    QVERIFY(diagram.places().blocks.empty());
    diagram.setModel(describe("ds-norm"));
    const QSize least = diagram.minimumSizeHint();
    QVERIFY(least.width() <= 380 && least.height() <= 220);
    QVERIFY(!diagram.accessibleName().isEmpty());
    diagram.setShown(setOf("t1,t2,flair"));
    QVERIFY(diagram.accessibleDescription().startsWith("3,245,235 parameters;"));
    diagram.resize(380, 220);
    QTest::keyClick(&diagram, Qt::Key_Right);
    QVERIFY(diagram.accessibleDescription().startsWith("down 1 (encoder, 1/2 of the resolution)"));
    diagram.clear();
    QCOMPARE(diagram.words(), QString());
  }
};

WINDOW_TEST(SharingDiagramTest)
#include "sharing_diagram_test.moc"
