#include "tests/layers/throwing_forms.h"

#include <QTest>

#include "tests/test_program.h"

using namespace modascope::layers;

namespace {

QStringList complaints(const std::string& text) {
  QStringList all;
  for (const std::string& line : throwingForms({{"app/a.cpp", text}}))
    all << QString::fromStdString(line);
  return all;
}

}  // namespace

/// No question to the file system may end the window, or a command, by an exception of its own.
class ThrowingFormsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void noneIsInTheProgramsEdges() {
    const Sources sources = readSources(MODASCOPE_SOURCE_DIR, {"app"});
    QVERIFY(sources.size() > 100);
    QStringList all;
    for (const std::string& line : throwingForms(sources)) all << QString::fromStdString(line);
    QVERIFY2(all.isEmpty(), qPrintable(all.join('\n')));
  }

  void noneIsWhereDataAndRunsAreLookedThrough() {
    const Sources sources = readSources(
        MODASCOPE_SOURCE_DIR, {"core/base", "core/cohort", "core/imagefolder", "core/runs"});
    QStringList all;
    for (const std::string& line : throwingForms(sources)) all << QString::fromStdString(line);
    QVERIFY2(all.isEmpty(), qPrintable(all.join('\n')));
  }

  void theFormsThatThrowAreNamedWithTheirLine_data() {
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("name");
    const auto row = [](const char* code, const char* name) {
      QTest::newRow(code) << code << name;
    };
    row("if (fs::exists(file)) go();", "exists");
    row("if (std::filesystem::exists(file / \"x\")) go();", "exists");
    row("return exists(file);", "exists");
    row("fs::rename(from, to);", "rename");
    row("fs::create_directories(folder(a, ignored));", "create_directories");
    row("const auto size = fs::file_size(names[ignored]);", "file_size");
    row("x = fs::weakly_canonical(fs::path(a));", "weakly_canonical");
    row("fs::last_write_time(file);", "last_write_time");
    row("fs::directory_iterator entry(folder);", "directory_iterator");
    row("auto it = fs::recursive_directory_iterator(folder);", "recursive_directory_iterator");
    row("if (entry.is_directory()) go();", "is_directory");
    row("entry->is_regular_file();", "is_regular_file");
    row("fs::exists(file,\n  other);", "exists");
  }
  void theFormsThatThrowAreNamedWithTheirLine() {
    QFETCH(QString, code);
    QFETCH(QString, name);
    const std::string before = "std::error_code ignored;\n// fs::exists(x)\n";
    QCOMPARE(complaints(before + code.toStdString()),
             QStringList("app/a.cpp:3: " + name + " without a std::error_code throws"));
  }

  void aLoopOverAFolderThrowsAtItsSteps() {
    QCOMPARE(
        complaints("std::error_code code;\nfor (const auto& e : fs::directory_iterator(f, code))"),
        QStringList("app/a.cpp:2: the steps of a loop over a directory_iterator throw"));
  }

  void quietFormsAreQuiet_data() {
    QTest::addColumn<QString>("code");
    for (const char* code :
         {"fs::exists(file, ignored);", "fs::exists(names(a, b), other);",
          "fs::directory_iterator entry(folder, other), end;", "entry.increment(ignored);",
          "it != fs::directory_iterator();",
          "fs::is_directory(fs::symlink_status(entry, ignored));", "entry.is_directory(ignored);",
          "copy(command);", "const char* words = \"fs::exists(file)\";", "/* fs::exists(file) */",
          "// exists(file)", "run.status();", "box.remove(2);", "isThere(file);",
          "co_exists(file);", "const char c = '\"'; fs::exists(file, ignored);"})
      QTest::newRow(code) << code;
  }
  void quietFormsAreQuiet() {
    QFETCH(QString, code);
    QCOMPARE(complaints("std::error_code ignored, other;\n" + code.toStdString()), QStringList());
  }
};

APPLESS_TEST(ThrowingFormsTest)
#include "throwing_forms_test.moc"
