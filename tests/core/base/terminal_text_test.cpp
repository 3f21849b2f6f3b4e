#include "core/base/terminal_text.h"

#include <QTest>
#include <array>
#include <cstdio>

#include <sys/wait.h>
#include <unistd.h>

#include "core/system/terminal.h"
#include "tests/test_program.h"

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

  void whatIsPrintedIsClean() {  // in a process of its own, as it cannot be taken back
    std::array<int, 2> pipe{};
    QCOMPARE(::pipe(pipe.data()), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      ::dup2(pipe[1], STDOUT_FILENO);
      ::dup2(pipe[1], STDERR_FILENO);
      cleanTerminalOutput();
      std::fprintf(stderr, "\r\033[Kstep %d of %s", 3, "a\rb\033[31m\n");
      std::printf("%s", "t1\033[2J.nii\n");
      std::fflush(stdout);
      ::_exit(std::ferror(stdout));
    }
    ::close(pipe[1]);
    std::array<char, 200> text{};
    std::size_t length = 0;
    while (length < text.size()) {
      const ssize_t got = ::read(pipe[0], text.data() + length, text.size() - length);
      if (got <= 0) break;
      length += static_cast<std::size_t>(got);
    }
    int status = 1;
    ::waitpid(child, &status, 0);
    QCOMPARE(status, 0);
    QCOMPARE(std::string(text.data(), length),
             std::string("\r\033[Kstep 3 of a\\u000db\\u001b[31m\nt1\\u001b[2J.nii\n"));
  }
};

APPLESS_TEST(TerminalTextTest)
#include "terminal_text_test.moc"
