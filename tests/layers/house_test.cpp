#include <QTest>
#include <fstream>
#include <iterator>

#include "tests/layers/given_names.h"
#include "tests/layers/house_exceptions.h"
#include "tests/layers/include_rings.h"
#include "tests/test_program.h"

using namespace modascope::layers;

namespace {

const std::filesystem::path kTop = MODASCOPE_SOURCE_DIR;

QString joined(const std::vector<std::string>& lines) {
  QStringList all;
  for (const std::string& line : lines) all << QString::fromStdString(line);
  return all.join('\n');
}

Sources crowd(int files) {
  Sources sources;
  for (int i = 0; i < files; ++i) sources["core/a/f" + std::to_string(i) + ".h"] = "";
  return sources;
}

std::string refusal(const std::string& text) {
  try {
    HouseExceptions::parse(text);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return {};
}

QString namesakes(const std::string& one, const std::string& other) {
  return joined(namesGivenTwice({{"core/a/one.h", one}, {"core/b/other.cpp", other}}));
}

}  // namespace

/// Files can be read one after the other, folders at one glance, and a name means one thing.
class HouseTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theProgramKeepsTheRulesOfTheHouse() {
    std::ifstream stream(kTop / "tests/layers/house_exceptions.txt");
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    const Sources sources = readSources(kTop, {"core", "widgets", "app"});
    QVERIFY(sources.size() > 500);
    const auto found = houseComplaints(sources, HouseExceptions::parse(text));
    QVERIFY2(found.empty(), qPrintable(joined(found)));
  }

  void noNameOfTheProgramIsGivenTwice() {
    const auto found = namesGivenTwice(readSources(kTop, {"core", "widgets", "app"}));
    QVERIFY2(found.empty(), qPrintable(joined(found)));
  }

  void headersThatIncludeEachOtherAreARing() {
    const auto rings = includeRings({{"core/a/x.h", "#include \"core/a/y.h\"\n"},
                                     {"core/a/y.h", "#include \"core/b/z.h\"\n"},
                                     {"core/b/z.h", "#include \"core/a/x.h\"\n"}});
    QCOMPARE(rings.size(), std::size_t{1});
    QCOMPARE(rings[0].words, std::string("core/a/x → core/a/y → core/b/z → core/a/x"));
    QCOMPARE(rings[0].modules.size(), std::size_t{3});
  }

  void aSourceBelongsToItsHeader() {
    const Sources ring{{"core/a/x.h", ""},
                       {"core/a/x.cpp", "#include \"core/a/x.h\"\n#include \"core/a/part.h\"\n"},
                       {"core/a/part.h", "#include \"core/a/x.h\"\n"}};
    QCOMPARE(includeRings(ring).size(), std::size_t{1});
    Sources chain = ring;
    chain["core/a/part.h"] = "#include <vector>\n#include \"core/a/missing.h\"\n";
    QVERIFY(includeRings(chain).empty());
  }

  void ringsApartAreToldApart() {
    const auto rings =
        includeRings({{"core/a/x.h", "#include \"core/a/y.h\"\n"},
                      {"core/a/y.h", "#include \"core/a/x.h\"\n"},
                      {"core/b/x.h", "#include \"core/b/y.h\"\n"},
                      {"core/b/y.h", "#include \"core/b/x.h\"\n#include \"core/a/x.h\"\n"}});
    QCOMPARE(rings.size(), std::size_t{2});
    QCOMPARE(rings[1].modules, (std::vector<std::string>{"core/b/x", "core/b/y"}));
  }

  void aFolderHasRoomForTwentySevenFiles() {
    QVERIFY(houseComplaints(crowd(27), {}).empty());
    const auto found = houseComplaints(crowd(28), {});
    QCOMPARE(joined(found), u"core/a has 28 files, more than 27: make rooms in it"_qs);
    QVERIFY(houseComplaints(crowd(28), {{"core/a"}, {}}).empty());
    QVERIFY(joined(houseComplaints(crowd(27), {{"core/a"}, {}})).contains("no longer crowded"));
  }

  void aClassLaidOverSeveralFilesIsStillOneClass() {
    const auto text = [](int lines) { return std::string(static_cast<std::size_t>(lines), '\n'); };
    Sources sources{{"core/a/x.h", text(100)},
                    {"core/a/x.cpp", text(200)},
                    {"core/a/x_input.cpp", text(130)},
                    {"core/a/x_part.h", text(10)},
                    {"core/a/x_part_words.cpp", text(300)},
                    {"core/b/x_look.cpp", text(300)}};
    QVERIFY(houseComplaints(sources, {}).empty());
    sources["core/a/x_input.cpp"] += '\n';
    QCOMPARE(joined(houseComplaints(sources, {})),
             u"core/a/x has 431 lines, more than 430: look for the second class in it"_qs);
    QVERIFY(houseComplaints(sources, {{}, {}, {"core/a/x"}}).empty());
    QCOMPARE(joined(houseComplaints(sources, {{}, {}, {"core/a/x", "core/b/x_look"}})),
             u"core/b/x_look is no longer big: take its line away"_qs);
  }

  void anExceptionHoldsForItsRingAndForWhatIsLeftOfIt() {
    const Sources ring{{"core/a/x.h", "#include \"core/a/y.h\"\n"},
                       {"core/a/y.h", "#include \"core/a/x.h\"\n"}};
    const HouseExceptions none;
    QCOMPARE(joined(houseComplaints(ring, none)),
             u"includes go round: core/a/x → core/a/y → core/a/x"_qs);
    QVERIFY(houseComplaints(ring, {{}, {{"core/a/x", "core/a/y", "core/a/z"}}}).empty());
    QCOMPARE(houseComplaints(ring, {{}, {{"core/a/x", "core/a/z"}}}).size(), std::size_t{2});
  }

  void anExceptionNeedsAReason() {
    QVERIFY(refusal("[crowded folders]\ncore/a:\n").find("line 2: gives no reason") !=
            std::string::npos);
    QVERIFY(refusal("core/a: because\n").find("line 1") != std::string::npos);
    const auto read = HouseExceptions::parse(
        "# a remark\n[crowded folders]\ncore/a: because\n\n[rings of includes]\nb a: so it is\n");
    QCOMPARE(read.crowdedFolders, std::set<std::string>{"core/a"});
    QCOMPARE(read.rings, (std::vector<std::set<std::string>>{{"a", "b"}}));
  }

  void oneNameForTwoTypesIsTold_data() {
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    QTest::addColumn<bool>("fine");
    const auto row = [](const char* one, const char* other, bool fine) {
      QTest::addRow("%s | %s", one, other) << one << other << fine;
    };
    row("namespace m { struct A { int a; }; }", "namespace m { class A : B<C> { }; }", false);
    row("namespace m { enum class A : int { B }; }", "namespace n { struct A final {}; }", false);
    row("template <typename T> struct A {};", "union A {};", false);
    row("struct A {};", "class [[nodiscard]] A {};", false);
    row("struct A {};", "struct A;", true);
    row("struct A {};", "namespace { struct A {}; }", true);
    row("struct A {};", "struct B { struct A {}; };", true);
    row("struct A {};", "struct A::B {};", true);
    row("struct A {};", "void f() { struct A {}; }", true);
    row("struct A {};", "A f() {}", true);
    row("struct A {};", "const char* t = R\"(\"{ struct A {}; )\";", true);
    row("struct A {};", "// struct A {\n/* struct A { */", true);
    row("struct A {};", "#define X \\\n  struct A {\nstruct B {};", true);
  }
  void oneNameForTwoTypesIsTold() {
    QFETCH(QString, one);
    QFETCH(QString, other);
    QFETCH(bool, fine);
    const QString found = namesakes(one.toStdString(), other.toStdString());
    QCOMPARE(found.isEmpty(), fine);
    if (!fine)
      QCOMPARE(found, u"core/b/other.cpp:1: A is also the name of a type in core/a/one.h"_qs);
  }

  void headersOfOneNameInTwoFoldersAreTold() {
    QCOMPARE(joined(namesGivenTwice({{"core/a/x.h", ""}, {"core/b/x.h", ""}})),
             u"core/b/:1: x.h is also the name of a header in core/a/"_qs);
    QVERIFY(namesGivenTwice({{"core/a/x.h", ""}, {"core/b/x.cpp", ""}}).empty());
  }
};

APPLESS_TEST(HouseTest)
#include "house_test.moc"
