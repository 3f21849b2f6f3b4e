#include "core/base/terminal_text.h"

#include <QTest>

using namespace modascope;

class TerminalTextTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void wordsOfEveryLanguageStayAsTheyAre() {
    for (const std::string text : {"Müller\t1 × 2 mm³\n", "日本語", "🧠", "ﬁ ́"})
      QCOMPARE(withoutControls(text), text);
  }

  void controlsAreShownAndDoNotAct_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("shown");
    QTest::newRow("colour") << QByteArray("a\x1b[31mb") << QByteArray("a\\u001b[31mb");
    QTest::newRow("title") << QByteArray("\x1b]0;x\x07") << QByteArray("\\u001b]0;x\\u0007");
    QTest::newRow("back to the line's start") << QByteArray("a\rb") << QByteArray("a\\u000db");
    QTest::newRow("backspace, delete") << QByteArray("\b\x7f") << QByteArray("\\u0008\\u007f");
    QTest::newRow("CSI as one character") << QByteArray("\xc2\x9b") << QByteArray("\\u009b");
    QTest::newRow("CSI as one byte") << QByteArray(
                                            "\x9b"
                                            "31m")
                                     << QByteArray("\\x9b31m");
    QTest::newRow("writing turned round") << QByteArray(
                                                 "\xe2\x80\xae"
                                                 "gpj")
                                          << QByteArray("\\u202egpj");
    QTest::newRow("no UTF-8") << QByteArray("M\xfcller") << QByteArray("M\\xfcller");
    QTest::newRow("too long a form") << QByteArray("\xc0\x9b") << QByteArray("\\xc0\\x9b");
    QTest::newRow("half a character") << QByteArray("a\xe2\x82") << QByteArray("a\\xe2\\x82");
  }
  void controlsAreShownAndDoNotAct() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, shown);
    QCOMPARE(QByteArray::fromStdString(withoutControls(text.toStdString())), shown);
  }

  void aCharacterMayComeInTwoParts() {  // € is e2 82 ac
    TerminalText text;
    QCOMPARE(text.shown("5 \xe2"), std::string("5 "));
    QCOMPARE(text.shown("\x82"), std::string());
    QCOMPARE(text.shown("\xac."), std::string("€."));
    QCOMPARE(text.end(), std::string());
  }
};

QTEST_APPLESS_MAIN(TerminalTextTest)
#include "terminal_text_test.moc"
