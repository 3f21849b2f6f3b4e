#include "core/base/name_text.h"

#include <QTest>

#include "core/base/csv_cell.h"
#include "core/base/json_text.h"
#include "tests/test_program.h"

using namespace modascope;

class NameTextTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void namesInUtf8StayAsTheyAre() {
    for (const char* name : {"", "P0", "Müller", "\xf0\x9f\xa7\xa0", "a\\b", "100 %", "new\nline"})
      QCOMPARE(textOfName(name), std::string(name));
  }

  void bytesThatAreNoUtf8AreEscaped() {
    QCOMPARE(textOfName("Universit\xe4t"), std::string("Universit\\xe4t"));
    QCOMPARE(textOfName("\xc3"), std::string("\\xc3"));                    // cut short
    QCOMPARE(textOfName("\xc0\xaf"), std::string("\\xc0\\xaf"));           // too long a form
    QCOMPARE(textOfName("\xed\xa0\x80"), std::string("\\xed\\xa0\\x80"));  // half of a pair
    QCOMPARE(textOfName("\xf4\x90\x80\x80"), std::string("\\xf4\\x90\\x80\\x80"));  // beyond all
  }

  void everyNameComesBack_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("Latin-1") << QByteArray("M\xfcller/l\xe4ufe");
    QTest::newRow("both") << QByteArray("\xc3\xa4 and \xe4");
    QTest::newRow("what reads as an escape") << QByteArray("a\\xe4b");
    QTest::newRow("an escape of an escape") << QByteArray("a\\x5cxe4");
    QTest::newRow("a backslash before a byte") << QByteArray("\\\xe4");
    QTest::newRow("a backslash at the end") << QByteArray("a\\x4");
    QByteArray all;
    for (int byte = 1; byte < 256; ++byte) all += static_cast<char>(byte);
    QTest::newRow("every byte") << all;
  }
  void everyNameComesBack() {
    QFETCH(QByteArray, name);
    const std::string text = textOfName(name.toStdString());
    QCOMPARE(QByteArray::fromStdString(nameFromText(text)), name);
    QCOMPARE(QString::fromStdString(text).toStdString(), text);  // it is UTF-8
    QCOMPARE(pathFrom(textOf(name.toStdString())).native(), name.toStdString());
  }

  void twoNamesNeverBecomeOneText() {
    QVERIFY(textOfName("\xe4") != textOfName("\\xe4"));
    QVERIFY(textOfName("\\xe4") != textOfName("\\x5cxe4"));
  }

  void jsonRefusesNoName() {
    const nlohmann::ordered_json json{{"k\xe4y", {"M\xfcller", 1, nullptr}}, {"a", "\xc3\xa4"}};
    QCOMPARE(jsonText(json),
             std::string(R"({"k\\xe4y":["M\\xfcller",1,null],"a":")") + "\xc3\xa4\"}");
    const std::string again = nlohmann::json::parse(jsonText(json))["k\\xe4y"][0];
    QCOMPARE(nameFromText(again), std::string("M\xfcller"));
  }

  void textsThatAreEscapedAlreadyAreNotEscapedAgain() {
    QCOMPARE(validText("M\\xfcller"), std::string("M\\xfcller"));
    QCOMPARE(csvCell(std::string("M\xfcller")), std::string("M\\xfcller"));
  }

  void cellsOfATableHaveOneLine() {
    QCOMPARE(cellText("new\nline\ttab"), std::string("new\\x0aline\\x09tab"));
    QCOMPARE(cellText("\x1b[31m\x7f\xc2\x9b"), std::string("\\x1b[31m\\x7f\\xc2\\x9b"));
    QCOMPARE(cellText("\xe4 Müller"), std::string("\\xe4 Müller"));
    QCOMPARE(columnsOf("Müller"), std::size_t{6});
  }
};

APPLESS_TEST(NameTextTest)
#include "name_text_test.moc"
