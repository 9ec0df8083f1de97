// SPDX-License-Identifier: MIT
// Help, About: the facts, and everything that is shipped with its licence.
#include "core/base/build_facts.h"
#include "gui/about_dialog.h"
#include "gui/shown.h"

#include <QApplication>
#include <QClipboard>
#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QRegularExpression>
#include <QSet>
#include <QTabWidget>
#include <QTest>
#include <QUrl>

using namespace lavascope;

namespace {

const QString root = QStringLiteral(LAVASCOPE_SOURCE_DIR);

QString fileText(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// What CMakeLists.txt looks for to build the programs; what only tests need is left out.
QStringList packagesOfThePrograms() {
    QString text = fileText(root + QStringLiteral("/CMakeLists.txt"));
    static const QRegularExpression testsOnly(QStringLiteral("if\\(LAVASCOPE_TESTS\\).*?endif\\(\\)"),
                                              QRegularExpression::DotMatchesEverythingOption);
    text.remove(testsOnly);
    static const QRegularExpression package(QStringLiteral("find_package\\((\\S+?)[ )]"));
    QStringList names;
    for (auto found = package.globalMatch(text); found.hasNext();)
        names += found.next().captured(1);
    names.removeDuplicates();
    return names;
}

} // namespace

class TestAboutDialog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// A time of a file would make every clone's build another one.
    void resources_tellNoTime() {
        int files = 0;
        for (QDirIterator all(QStringLiteral(":/"), QDir::Files, QDirIterator::Subdirectories);
             all.hasNext();) {
            const QFileInfo file(all.next());
            const bool isOurs =
                QFileInfo::exists(root + QStringLiteral("/resources") + file.filePath().sliced(1));
            if (!isOurs)
                continue; // Qt's own
            ++files;
            QVERIFY2(!file.lastModified().isValid(), qPrintable(file.filePath()));
        }
        QVERIFY(files > 20);
    }

    void init() {
        m_dialog = std::make_unique<AboutDialog>();
        m_dialog->show();
        m_shown.emplace(*m_dialog);
    }
    void cleanup() { m_dialog.reset(); }

    void facts_areShownAndCopied() {
        const BuildFacts facts = buildFacts();
        QCOMPARE(m_shown->label("name"), QStringLiteral("Lavascope ") + facts.version);
        QCOMPARE(m_shown->label("commit"), commitText(facts));
        QVERIFY(m_shown->label("qt").startsWith(QLatin1String(qVersion())));
        QVERIFY(!m_shown->label("tls").isEmpty());
        QVERIFY(!m_shown->label("system").isEmpty());
        QVERIFY(!m_shown->find<QLabel>("icon")->pixmap().isNull());
        QTest::keyClick(m_shown->find<QPushButton>("copy"), Qt::Key_Space);
        const QString copied = QApplication::clipboard()->text();
        for (const char* fact : {"name", "commit", "build", "qt", "tls", "system"})
            QVERIFY2(copied.contains(m_shown->label(fact)), fact);
    }

    void everyPart_hasItsLicenceAndPlaces() {
        const std::vector<ShippedPart> parts = shippedParts();
        QCOMPARE(parts.front().name, QStringLiteral("Lavascope"));
        QSet<QString> names;
        QSet<QString> texts;
        static const QSet<QString> places{QStringLiteral("linux-portable"), QStringLiteral("windows"),
                                          QStringLiteral("macos")};
        static const QRegularExpression spdx(
            QStringLiteral("^[A-Za-z0-9.-]+( (AND|OR|WITH) [A-Za-z0-9.-]+)*$"));
        for (const ShippedPart& part : parts) {
            const QByteArray name = part.name.toUtf8();
            QVERIFY2(!names.contains(part.name), name);
            QVERIFY2(spdx.match(part.licence).hasMatch(), name);
            QCOMPARE(QUrl(part.homepage, QUrl::StrictMode).scheme(), QStringLiteral("https"));
            QVERIFY2(licenceText(part).size() > 500, name);
            QVERIFY2(part.shippedOn.isEmpty() == (part.name == QStringLiteral("Lavascope")), name);
            for (const QString& place : part.shippedOn)
                QVERIFY2(places.contains(place), name);
            names.insert(part.name);
            texts.insert(part.text);
        }
        QStringList unused = QDir(root + QStringLiteral("/resources/licences"))
                                 .entryList({QStringLiteral("*.txt")}, QDir::Files);
        unused.removeIf([&](const QString& file) { return texts.contains(file); });
        QCOMPARE(unused, QStringList());
    }

    void everyLibraryThatIsLinked_isInTheList() {
        const QString list = fileText(root + QStringLiteral("/resources/licences/shipped.json"));
        const QStringList packages = packagesOfThePrograms();
        QVERIFY(packages.contains(QStringLiteral("Qt6")) && packages.contains(QStringLiteral("CLI11")));
        for (const QString& package : packages)
            QVERIFY2(list.contains(QStringLiteral("\"package\": \"%1\"").arg(package)), qPrintable(package));
    }

    void texts_areTheLicencesTheyAreSaidToBe() {
        const std::vector<ShippedPart> parts = shippedParts();
        const auto textOf = [&](const char* name) {
            for (const ShippedPart& part : parts)
                if (part.name == QLatin1String(name))
                    return licenceText(part);
            return QString();
        };
        QVERIFY(textOf("Lavascope").contains(QStringLiteral("MIT License")));
        QVERIFY(textOf("Qt").contains(QStringLiteral("GNU LESSER GENERAL PUBLIC LICENSE")));
        QVERIFY(
            textOf("Qt").contains(QStringLiteral("GNU GENERAL PUBLIC LICENSE"))); // which the LGPL rests on
        QVERIFY(textOf("GCC runtime libraries").contains(QStringLiteral("GCC RUNTIME LIBRARY EXCEPTION")));
        QVERIFY(textOf("FreeType").contains(QStringLiteral("FreeType Project LICENSE")));
    }

    void part_isChosenFromTheKeyboardAndItsLinkIsAskedAbout() {
        m_shown->find<QTabWidget>("tabs")->setCurrentIndex(1);
        auto* parts = m_shown->find<QListWidget>("parts");
        QCOMPARE(size_t(parts->count()), shippedParts().size());
        QVERIFY(m_shown->text("licence").contains(QStringLiteral("MIT License")));
        QTest::keyClick(parts, Qt::Key_Down);
        QVERIFY(m_shown->label("partTitle").contains(QStringLiteral("LGPL-3.0-only")));
        QVERIFY(m_shown->label("places").contains(QStringLiteral("portable Linux, Windows, macOS")));
        QVERIFY(m_shown->text("licence").contains(QStringLiteral("GNU LESSER GENERAL PUBLIC LICENSE")));
        m_shown->find<QPushButton>("homepage")->click();
        auto* question = m_dialog->findChild<QMessageBox*>(QStringLiteral("linkQuestion"));
        QVERIFY(question);
        QVERIFY(question->text().contains(QStringLiteral("www.qt.io")));
    }

    void everyWidget_hasANameAndPlainText() {
        QCOMPARE(m_shown->nameless(), QStringList());
        QCOMPARE(m_shown->richLabels(), QStringList());
    }

private:
    std::unique_ptr<AboutDialog> m_dialog;
    std::optional<Shown> m_shown;
};

QTEST_MAIN(TestAboutDialog)
#include "tst_about_dialog.moc"
