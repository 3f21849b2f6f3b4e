#include "core/demo/demo_html.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QtEndian>

#include "tests/core/demo/made_up_demo.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

/// What stands in the element of this id.
QByteArray elementOf(const std::string& page, const std::string& id) {
  const auto begin = page.find('>', page.find("id=\"" + id + "\"")) + 1;
  return QByteArray::fromStdString(page.substr(begin, page.find("</script>", begin) - begin));
}

}  // namespace

class DemoHtmlTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void namesStayTextWhateverTheyAre() {
    Demo demo = madeUpDemo();
    demo.title = "</script><script>alert(1)</script> & \"quotes\"";
    const std::string page = demoHtml(demo);
    const QByteArray facts = elementOf(page, "facts");
    QVERIFY(!facts.contains('<'));
    const QJsonObject json = QJsonDocument::fromJson(facts).object();
    QCOMPARE(json["title"].toString().toStdString(), demo.title);
    QCOMPARE(json["networks"].toArray().size(), 1);
  }

  void nothingIsAskedOfAnyServer() {
    const std::string page = demoHtml(madeUpDemo());
    for (const auto* part :
         {"http:", "https:", "src=", "@import", "url(", "fetch(", "@FACTS@", "@DATA@"})
      QVERIFY2(page.find(part) == std::string::npos, part);
    // The browser keeps to it, too, and does not look for an icon.
    QVERIFY(page.find("content=\"default-src 'none';") != std::string::npos);
    QVERIFY(page.find("rel=\"icon\" href=\"data:,\"") != std::string::npos);
  }

  void thePicturesAreThereByteByByte() {
    const Demo demo = madeUpDemo();
    const QByteArray packed = QByteArray::fromBase64(elementOf(demoHtml(demo), "data"));
    const quint32 voxels = 24, arrays = 2 + 1 + 3 + 2;  // images, truth, answers, one map
    QByteArray sized(4, '\0');
    qToBigEndian(voxels * arrays, sized.data());
    const QByteArray bytes = qUncompress(sized + packed);
    QCOMPARE(bytes.size(), static_cast<qsizetype>(voxels * arrays));
    const auto at = [&](quint32 array, int voxel) {
      return static_cast<int>(static_cast<unsigned char>(bytes[array * voxels + voxel]));
    };
    QCOMPARE(at(0, 0), 0);  // what is nothing stays nothing
    QCOMPARE(at(0, 1), 1);  // the scale begins at the least
    QCOMPARE(at(0, 23), 255);
    QCOMPARE(at(2, 7), 1);  // the truth
    QCOMPARE(at(4, 5), 2);  // strongest of both modalities
    QCOMPARE(at(5, 5), 6);  // a margin of 0.4 in fifteenths
  }
};

APPLESS_TEST(DemoHtmlTest)
#include "demo_html_test.moc"
