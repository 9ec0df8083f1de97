// SPDX-License-Identifier: MIT
// The help of the running program is the witness: what it names must stand in the manual page and be
// completed.
#include "cli/command_line.h"
#include "cli/completion.h"
#include "cli/manual.h"
#include "cli/run_in_process.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace lavascope;

namespace {

QByteArray sourceFile(const char* path) {
    QFile file(QStringLiteral(LAVASCOPE_SOURCE_DIR "/") + QString::fromLatin1(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A verb by the words that lead to it, and the options that its help lists.
struct HelpedVerb {
    QStringList path;
    QStringList options;
    bool isGroup = false;
};

QStringList captures(const QString& text, const QString& pattern) {
    const QRegularExpression expression(pattern, QRegularExpression::MultilineOption);
    QStringList found;
    for (auto match = expression.globalMatch(text); match.hasNext();)
        found += match.next().captured(1);
    return found;
}

void walkHelp(QList<HelpedVerb>& verbs, const QStringList& path) {
    const QString help = QString::fromUtf8(run(path + QStringList(QStringLiteral("--help"))).out);
    HelpedVerb verb;
    verb.path = path;
    verb.options = captures(help, QStringLiteral("^ {2,4}(?:-[a-z],)?(--[a-z][a-z-]*)"));
    const QStringList below =
        captures(help.section(QStringLiteral("Subcommands:\n"), 1).section(QStringLiteral("\n\n"), 0, 0),
                 QStringLiteral("^  ([a-z]+) "));
    verb.isGroup = !below.isEmpty();
    verbs += verb;
    for (const QString& name : below)
        walkHelp(verbs, path + QStringList(name));
}

// From a line that begins with `begin` to the next line that begins with `end`.
QString part(const QByteArray& text, const QString& begin, const QString& end) {
    const QString all = QLatin1Char('\n') + QString::fromUtf8(text);
    const qsizetype from = all.indexOf(QLatin1Char('\n') + begin);
    if (from < 0)
        return {};
    const qsizetype to = all.indexOf(QLatin1Char('\n') + end, from + 1);
    return all.mid(from, to < 0 ? -1 : to - from);
}

QString inPage(QString name) {
    return QLatin1String("\\fB") + name.replace(QLatin1Char('-'), QStringLiteral("\\-")) +
           QLatin1String("\\fR");
}

} // namespace

class TestManual : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        m_program = describeCommandLine(sourceFile("resources/providers.json"));
        ManualFrame frame;
        frame.summary = QStringLiteral("summary");
        frame.date = QStringLiteral("2026-01-02");
        frame.version = QStringLiteral("1.2.3");
        m_page = manualPage(m_program, frame);
        walkHelp(m_verbs, {});
    }

    void help_namesVerbsAndOptions() {
        QVERIFY(m_verbs.size() > 14);
        const auto send = std::find_if(m_verbs.begin(), m_verbs.end(), [](const HelpedVerb& verb) {
            return verb.path == QStringList(QStringLiteral("send"));
        });
        QVERIFY(send != m_verbs.end());
        QVERIFY(send->options.contains(QStringLiteral("--retry-base")));
        QVERIFY(send->options.contains(QStringLiteral("--events"))); // of a group
    }

    void everyVerbAndOption_isInThePage() {
        for (const HelpedVerb& verb : std::as_const(m_verbs)) {
            if (verb.isGroup)
                continue;
            const QString path = verb.path.join(QLatin1Char(' '));
            const QString section = part(m_page, QStringLiteral(".SS %1\n").arg(path), QStringLiteral(".S"));
            QVERIFY2(!section.isEmpty(), qPrintable(path));
            for (const QString& option : verb.options)
                QVERIFY2(section.contains(inPage(option)), qPrintable(path + QLatin1Char(' ') + option));
        }
        QVERIFY(m_page.contains("\\fB\\-\\-version\\fR"));
    }

    void everyVerbAndOption_isCompletedInBash() {
        const QByteArray script = bashCompletion(m_program);
        for (const HelpedVerb& verb : std::as_const(m_verbs)) {
            const QString path = verb.path.join(QLatin1Char(' '));
            const QString rule =
                part(script, QStringLiteral("    \"%1\")").arg(path), QStringLiteral("        ;;"));
            QVERIFY2(!rule.isEmpty(), qPrintable(path));
            for (const QString& option : verb.options)
                QVERIFY2(rule.contains(option), qPrintable(path + QLatin1Char(' ') + option));
        }
    }

    void everyVerbAndOption_isCompletedInZsh() {
        const QByteArray script = zshCompletion(m_program);
        for (const HelpedVerb& verb : std::as_const(m_verbs)) {
            const QString name =
                (QStringList(QStringLiteral("_lavascope-cli")) + verb.path).join(QLatin1Char('_'));
            const QString rule = part(script, name + QStringLiteral("()"), QStringLiteral("}"));
            QVERIFY2(!rule.isEmpty(), qPrintable(name));
            for (const QString& option : verb.options)
                QVERIFY2(rule.contains(option), qPrintable(name + QLatin1Char(' ') + option));
        }
    }

    void everyVerbAndOption_isCompletedInFish() {
        const QString script = QString::fromUtf8(fishCompletion(m_program));
        for (const HelpedVerb& verb : std::as_const(m_verbs)) {
            const QString place = QStringLiteral("'%1' ").arg(
                (QStringList(QStringLiteral("__lavascope_cli_at")) + verb.path).join(QLatin1Char(' ')));
            for (const QString& option : verb.options) {
                const QRegularExpression rule(QRegularExpression::escape(place) + QStringLiteral(".*-l ") +
                                              option.mid(2) + QLatin1Char(' '));
                QVERIFY2(script.contains(rule), qPrintable(place + option));
            }
        }
    }

    void valuesOfAChoice_areThoseThatTheParserTakes() {
        const QByteArray script = bashCompletion(m_program);
        QVERIFY(script.contains("'builtin passthrough'"));
        QVERIFY(script.contains("'token header env curl'"));
        QVERIFY(script.contains(" anthropic "));
    }

    void optionsOfAGroup_excludeEachOther() {
        const QString section = part(m_page, QStringLiteral(".SS replay\n"), QStringLiteral(".S"));
        QVERIFY(
            section.contains(QStringLiteral("Not together with \\fB\\-\\-events\\fR, \\fB\\-\\-json\\fR")));
    }

    void nothingInThePage_isTakenForARequest() {
        static const QList<QByteArray> requests{".TH", ".SH", ".SS", ".TP", ".PP",  ".nf",
                                                ".fi", ".RS", ".RE", ".nh", ".\\\""};
        for (const QByteArray& line : m_page.split('\n')) {
            const bool isRequest = line.startsWith('.') || line.startsWith('\'');
            QVERIFY2(!isRequest || requests.contains(line.split(' ').constFirst()), line);
        }
        for (const char byte : std::as_const(m_page))
            QVERIFY(uchar(byte) < 0x80);
    }

    void changelog_beginsWithTheVersionOfTheProgram() {
        const QStringList versions =
            captures(QString::fromUtf8(sourceFile("CHANGELOG.md")), QStringLiteral("^## ([0-9.]+)"));
        QCOMPARE(versions.value(0), QStringLiteral(LAVASCOPE_VERSION));
    }

private:
    VerbDescription m_program;
    QByteArray m_page;
    QList<HelpedVerb> m_verbs;
};

QTEST_GUILESS_MAIN(TestManual)
#include "tst_manual.moc"
