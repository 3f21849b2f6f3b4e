// The page at work, where there is a browser that runs without a screen.
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

#include "core/demo/demo_html.h"
#include "tests/core/demo/made_up_demo.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

QString browser() {
  for (const auto* name : {"chromium", "chromium-browser", "google-chrome"})
    if (const QString path = QStandardPaths::findExecutable(name); !path.isEmpty()) return path;
  return {};
}

/// The page that leaves what `script` returns in an element of its own once it shows its pictures.
/// `before` runs ahead of the page's own script.
QByteArray pageWith(const Demo& demo, const QByteArray& script, const QByteArray& before) {
  QByteArray page = QByteArray::fromStdString(demoHtml(demo));
  page.replace("'use strict';", "'use strict';" + before);
  page.replace("</body>", R"(<pre id="found"></pre><script>
const textOf = id => byId(id).textContent;
const textsOf = choice => [...document.querySelectorAll(choice)].map(one => one.textContent);
const grey = (u, v) => views[0].canvas.getContext('2d').getImageData(u, v, 1, 1).data[0];
begun.then(() => { byId('found').textContent = JSON.stringify((() => {
const switches = [...document.querySelectorAll('.switch')];
)" + script + "})()); });</script></body>");
  return page;
}

/// What `script` returned in the browser; empty when it did not come to that.
QJsonObject foundIn(const Demo& demo, const QByteArray& script, const QByteArray& before = {}) {
  const QTemporaryDir folder;
  QFile file(folder.filePath("page.html"));
  if (!file.open(QIODevice::WriteOnly)) return {};
  file.write(pageWith(demo, script, before));
  file.close();
  QStringList words{
      "--headless=new", "--disable-gpu",  "--virtual-time-budget=20000",
      "--dump-dom",     "--no-first-run", "--user-data-dir=" + folder.filePath("profile")};
  if (geteuid() == 0) words << "--no-sandbox";
  QProcess process;
  process.start(browser(), words << "file://" + file.fileName());
  if (!process.waitForFinished(120'000)) return {};
  QByteArray page = process.readAllStandardOutput();
  const QByteArray mark = "<pre id=\"found\">";
  const auto begin = page.indexOf(mark) + mark.size();
  page = page.mid(begin, page.indexOf("</pre>", begin) - begin);
  page.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  return QJsonDocument::fromJson(page).object();
}

QStringList wordsIn(const QJsonObject& found, const char* name) {
  QStringList words;
  for (const QJsonValue word : found[name].toArray()) words << word.toString();
  return words;
}

/// Voxels of 6 mL. Both modalities find 2 of them, A finds 3, B finds 4; the truth is one that all
/// of them have.
Demo largeDemo(bool whole = true) {
  Demo demo = madeUpDemo(whole);
  demo.grid.spacing = {10, 20, 30};
  return demo;
}

}  // namespace

class DemoInBrowserTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    if (browser().isEmpty()) QSKIP("There is no Chromium here, so the page is not opened.");
  }

  void planesLieByThePatientWhateverTheGridsAxes() {
    // The grid's x runs to the back, its y to the left, its z to the feet: 4 columns to the left, 3
    // rows to the back, 2 slices. The voxel (0, 3, 1), the grid's 21st, is the first row's last one
    // of the lowest slice.
    Demo demo = madeUpDemo();
    Volume image{demo.grid, std::vector<float>(24, 1)};
    image.at(0, 3, 1) = 9;
    demo.images[1] = std::make_shared<const Volume>(image);
    const QJsonObject found =
        foundIn(demo,
                "state.cross = [0, 2, 0]; byId('opacity').value = 0; redraw();"
                "const {width, height} = views[0].canvas;"
                "return {width, height, marked: grey(3, 0), "
                "other: grey(3, 1), ratio: views[0].canvas.style.aspectRatio};");
    QCOMPARE(found["width"].toInt(), 4);
    QCOMPARE(found["height"].toInt(), 3);
    QCOMPARE(found["marked"].toInt(), 255);
    QCOMPARE(found["other"].toInt(), 1);
    QCOMPARE(found["ratio"].toString(), QString("8 / 3"));  // 4 of 2 mm, 3 of 1 mm
  }

  void aClickMovesTheOtherPlanes() {
    const QJsonObject found = foundIn(madeUpDemo(), R"(
      const {canvas} = views[0], box = canvas.getBoundingClientRect();
      canvas.dispatchEvent(new MouseEvent('click',
        {clientX: box.left + .9 * box.width, clientY: box.top + .1 * box.height}));
      return {said: textsOf('figcaption').slice(1)};)");
    // The last of four columns, the first of three rows.
    QCOMPARE(wordsIn(found, "said"), (QStringList{"coronal 1 / 3", "sagittal 4 / 4"}));
  }

  void whatIsSaidFollowsTheSwitches() {
    const QJsonObject found = foundIn(largeDemo(), R"(
      switches[1].click();
      const said = textOf('sentence'), cells = textsOf('#volumes td');
      switches[0].click();
      return {said, cells, last: textOf('sentence'), pressed: switches[0].ariaPressed,
        high: Math.min(...switches.map(one => one.offsetHeight))};)");
    QCOMPARE(found["said"].toString(),
             QString("Without B it finds more: Core 12.0 → 18.0 mL of 6.0."));
    // Dice: 2 · 1 / (3 + 1)
    QCOMPARE(wordsIn(found, "cells"), (QStringList{"Core", "18.0", "+6.0", "6.0", "0.50"}));
    QVERIFY(found["last"].toString().startsWith("A is the last one"));
    QCOMPARE(found["pressed"].toString(), QString("true"));
    QVERIFY(found["high"].toInt() >= 44);
  }

  void aRowOfTheTableChoosesItsScans() {
    const QJsonObject found = foundIn(largeDemo(), R"(
      document.querySelectorAll('#subsets button')[2].click();
      return {rows: textsOf('#subsets tbody tr'), pressed: switches.map(one => one.ariaPressed)};)");
    QCOMPARE(wordsIn(found, "rows"), (QStringList{"A, B12.00.67", "A18.00.50", "B24.00.40"}));
    QCOMPARE(wordsIn(found, "pressed"), (QStringList{"false", "true"}));
  }

  void whatACaseLacksCannotBeSwitchedAndIsSaid() {
    const QJsonObject found = foundIn(largeDemo(false), R"(
      return {off: switches[1].disabled, word: switches[1].textContent, said: textsOf('.warn')};)");
    QVERIFY(found["off"].toBool());
    QCOMPARE(found["word"].toString(), QString("Bnot there"));
    QCOMPARE(
        wordsIn(found, "said"),
        (QStringList{"This head is made up: nobody’s scan.",
                     "The networks learnt from made-up heads only; of real ones they know nothing.",
                     "This case has no scan B.",
                     "Its voxels measure 3 mm; the network learnt from voxels of 1 mm.",
                     "Its scan B is empty."}));
  }

  void twoNetworksStandSideBySideOrAlone() {
    Demo demo = largeDemo();
    demo.networks.push_back(demo.networks[0]);
    demo.networks[1].sawSubsets = false;
    const QJsonObject found = foundIn(demo, R"(
      const network = byId('network'), choices = textsOf('#network option');
      network.value = 2;
      network.dispatchEvent(new Event('change'));
      return {choices, captions: textsOf('#volumes caption'), views: textsOf('figcaption')};)");
    QCOMPARE(
        wordsIn(found, "choices"),
        (QStringList{"the network taught to cope", "the ordinary network", "both, side by side"}));
    QCOMPARE(wordsIn(found, "captions"),
             (QStringList{"Ordinary network", "Network taught to cope"}));
    QCOMPARE(wordsIn(found, "views").size(), 6);
    QVERIFY(wordsIn(found, "views")[1].endsWith("network taught to cope"));
  }

  void whatDecidesIsSaidInHuesAndShares() {
    const QJsonObject found = foundIn(largeDemo(), R"(
      byId('opacity').value = 0;
      byId('decides').click();
      state.cross = [1, 1, 1];
      redraw();
      const [red, green, blue] = views[0].canvas.getContext('2d').getImageData(3, 2, 1, 1).data;
      return {said: textsOf('#shares div'), red, green, blue, image: held.images[1][11]};)");
    QCOMPARE(wordsIn(found, "said").mid(1), (QStringList{"A 25 %", "B 75 %"}));
    // 6 / 15 of B's hue d55e00 over the image's grey, at the last column and row: the grid's (2,
    // 3).
    const int grey = found["image"].toInt();
    const auto over = [grey](int hue) { return 0.6 * grey + 0.4 * hue; };
    QVERIFY(std::abs(found["red"].toInt() - over(0xd5)) <= 1);
    QVERIFY(std::abs(found["green"].toInt() - over(0x5e)) <= 1);
    QVERIFY(std::abs(found["blue"].toInt() - over(0)) <= 1);
  }

  void namesAreNeverPartOfThePage() {
    const std::string name = "</script><img src=x onerror=\"document.title='taken'\"> & 'x'";
    Demo demo = largeDemo();
    demo.title = name;
    demo.schema = ModalitySchema({{"a", name}, {"constructor", "B"}});
    const QJsonObject found = foundIn(demo, R"(
      return {title: textOf('title'), tab: document.title, names: textsOf('.switch .name'),
        images: document.images.length};)");
    QCOMPARE(found["title"].toString().toStdString(), name);
    QCOMPARE(found["tab"].toString().toStdString(), name);
    QCOMPARE(wordsIn(found, "names"), (QStringList{QString::fromStdString(name), "B"}));
    QCOMPARE(found["images"].toInt(), 0);
  }

  void aBrowserThatCannotUnpackIsToldSo() {
    const QJsonObject found = foundIn(largeDemo(), R"(
      return {said: textOf('waiting'), hidden: document.querySelector('main').offsetHeight === 0};)",
                                      "delete window.DecompressionStream;");
    QVERIFY(found["said"].toString().startsWith("This browser is too old"));
    QVERIFY(found["hidden"].toBool());
  }
};

APPLESS_TEST(DemoInBrowserTest)
#include "demo_in_browser_test.moc"
