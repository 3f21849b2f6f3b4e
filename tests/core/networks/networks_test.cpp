#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include "core/base/error.h"
#include "core/config/config_keys.h"
#include "core/networks/adapter_facts.h"
#include "core/networks/fact_rows.h"
#include "core/networks/method_facts.h"
#include "core/networks/network_facts.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

QString textOf(const QString& file) {
  QFile stream(MODASCOPE_SOURCE_DIR "/" + file);
  return stream.open(QIODevice::ReadOnly) ? QString::fromUtf8(stream.readAll()) : QString();
}

/// What the expression's group finds between a heading and the next.
QStringList found(const QString& page, const QString& heading, const QString& expression) {
  const QString text = textOf("resources/manual/" + page);
  const qsizetype first = text.indexOf("\n## " + heading + "\n");
  const QString part = first < 0 ? text : text.mid(first, text.indexOf("\n## ", first + 1) - first);
  const QRegularExpression pattern(expression, QRegularExpression::MultilineOption);
  QStringList all;
  for (const auto& match : pattern.globalMatch(part)) all << match.captured(1);
  return all;
}

template <typename Rows>
QStringList listOf(const Rows& rows) {
  QStringList names;
  for (const std::string& name : namesOf(rows)) names << QString::fromStdString(name);
  return names;
}

/// "three of features (`a`, `b`, `c`)"
template <typename Rows>
QString counted(const Rows& rows, const QString& words) {
  const char* counts[] = {"no", "one", "two", "three", "four", "five", "six", "seven", "eight"};
  return QString("%1 %2 (`%3`)").arg(counts[rows.size()], words, listOf(rows).join("`, `"));
}

constexpr const char* kFirstColumn = R"(^\| `([a-z][a-z-]*)` \|)";
constexpr const char* kBullet = R"(^\* \*\*([^*]+)\*\*)";

}  // namespace

/// What is said about networks, methods and adapters is what there is.
class NetworksTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theSettingsAreTheRows() {
    const ConfigKey& network = configKey("model.kind");
    QVERIFY(network.choices == networkNames());
    for (const NetworkFacts& row : networks())
      QVERIFY(network.words.find(std::string(row.name) + ", " + std::string(row.words)) !=
              std::string::npos);
    const ConfigKey& method = configKey("train.method");
    QVERIFY(method.choices == namesOf(gradientMethods()));
    for (const MethodFacts& row : gradientMethods())
      QVERIFY(method.words.find(row.words) != std::string::npos);
  }

  void theManualHasARowForEveryNetwork() {
    QCOMPARE(found("methods.md", "Networks", kFirstColumn), listOf(networksOf(DataKind::Volumes)));
    for (const DataKind data : {DataKind::Features, DataKind::Pictures}) {
      const QString column = kFirstColumn + QString(" %1 ").arg(wordOf(data));
      QCOMPARE(found("features-and-pictures.md", "Networks", column), listOf(networksOf(data)));
    }
  }

  void theManualHasARowForEveryMethodAndAdapter() {
    QCOMPARE(found("methods.md", "Methods", kBullet), listOf(gradientMethods()));
    QCOMPARE(found("adapters.md", "", kFirstColumn).mid(0, qsizetype(adapterKinds().size())),
             listOf(adapterKinds()));
  }

  void theReadmeCountsThem() {
    const QString text = textOf("README.md").simplified();
    QStringList sentences;
    for (const DataKind data : kDataKinds)
      sentences << counted(
          networksOf(data),
          QString(data == DataKind::Volumes ? "networks of %1" : "of %1").arg(wordOf(data)));
    sentences << "and " + counted(gradientMethods(), "methods");
    QVERIFY2(text.contains(sentences.join(", "), Qt::CaseInsensitive),
             qPrintable(sentences.join(", ")));
    auto adapters = adapterKinds();
    std::erase_if(adapters, [](const AdapterFacts& row) { return row.isNetwork; });
    QVERIFY(text.contains("adapters for frozen networks (`" + listOf(adapters).join("`, `")));
  }

  void whatIsNotThereIsRefusedWithWhatIs() {
    try {
      networkNamed("mult", Task::Segmentation3d);
      QFAIL("mult is of features");
    } catch (const Error& error) {
      QCOMPARE(error.what(),
               "model.kind is \"mult\"; for segmentation3d there are ds-norm, ds-encoder, hemis, "
               "early-fusion, independent.");
    }
    QVERIFY_EXCEPTION_THROWN(gradientMethodNamed("sum"), Error);
    QVERIFY_EXCEPTION_THROWN(adapterNamed("prompt"), Error);
  }

  void oneNameMayStandForTwoNetworks() {
    QCOMPARE(networkNamed("early-fusion", Task::Segmentation3d).data, DataKind::Volumes);
    QCOMPARE(networkNamed("early-fusion", Task::Regression).data, DataKind::Features);
    const auto names = networkNames();
    QCOMPARE(std::count(names.begin(), names.end(), "early-fusion"), 1);
  }
};

APPLESS_TEST(NetworksTest)
#include "networks_test.moc"
