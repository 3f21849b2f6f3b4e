#include "core/base/shell_word.h"

#include <QProcess>
#include <QTest>
#include <string>

#include "tests/test_program.h"

using namespace modascope;

class ShellWordTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatMeansNothingToAShellStaysAsItIs() {
    QCOMPARE(shellWord("/data/brats-2021/a_b.h5"), std::string("/data/brats-2021/a_b.h5"));
    QCOMPARE(shellWord("train.lr=0.001"), std::string("train.lr=0.001"));
  }

  void whatMeansSomethingIsQuoted() {
    QCOMPARE(shellWord(""), std::string("''"));
    QCOMPARE(shellWord("/my data"), std::string("'/my data'"));
    QCOMPARE(shellWord("o'brien"), std::string("'o'\\''brien'"));
    QCOMPARE(shellWord("~/x"), std::string("'~/x'"));
    QCOMPARE(shellWord("größe"), std::string("'größe'"));
    QCOMPARE(shellWord("a\nb"), std::string("$'a\\012b'"));
    QCOMPARE(shellWord("a\xff'b"), std::string("$'a\\377\\'b'"));
  }

  /// Every byte but 0 that a name can have, as bash reads it back.
  void aShellReadsBackWhatWasWritten() {
    std::string all;
    for (int byte = 1; byte < 256; ++byte) all += static_cast<char>(byte);
    for (const std::string& word :
         {all, std::string("$HOME `x` \"y\" \\ !z"), std::string("-x"), std::string("a\t\n\n"),
          std::string("\xed\xa0\x80 \xc0\xaf \xf5")}) {
      QProcess bash;
      bash.start("bash", {"-c", QString::fromStdString("printf %s " + shellWord(word))});
      QVERIFY(bash.waitForFinished());
      QCOMPARE(bash.readAllStandardOutput().toStdString(), word);
    }
  }
};

GUILESS_TEST(ShellWordTest)
#include "shell_word_test.moc"
