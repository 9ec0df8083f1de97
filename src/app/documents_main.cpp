// SPDX-License-Identifier: MIT
// Run while building for Unix: writes the manual pages and what shells complete, from what the programs parse
// with.
#include "app/window_line.h"
#include "cli/command_line.h"
#include "cli/completion.h"
#include "cli/manual.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTextStream>

namespace {

using lavascope::ManualFrame;
using lavascope::VerbDescription;

const QList<QPair<QString, QString>> sharedEnvironment = {
    {QStringLiteral("LAVASCOPE_DATA_DIR"),
     QStringLiteral("The folder for all that is kept; by default that of the platform, see FILES.")},
    {QStringLiteral("HTTPS_PROXY, NO_PROXY"),
     QStringLiteral("A proxy for calls to the network, and the hosts that are reached without it.")},
    {QStringLiteral("TMPDIR"), QStringLiteral("Where answers that are too large for memory are put aside.")},
};

const QList<QPair<QString, QString>> sharedFiles = {
    {QStringLiteral("~/.local/share/lavascope"),
     QStringLiteral(
         "Preferences, and the names of kept keys. The keys themselves are in the key store of the "
         "desktop (Secret Service or KWallet) and nowhere else.")},
};

ManualFrame frameOf(const QString& summary, const QList<QPair<QString, QString>>& ownVariables,
                    const QString& seeAlso) {
    ManualFrame frame;
    frame.summary = summary;
    frame.environment = ownVariables;
    frame.environment += sharedEnvironment;
    frame.files = sharedFiles;
    frame.seeAlso = seeAlso;
    return frame;
}

ManualFrame commandFrame() {
    return frameOf(
        QStringLiteral("inspect calls, streams and tokens of the Lava AI Gateway"),
        {{QStringLiteral("NO_COLOR"), QStringLiteral("If it is set and not empty, nothing is coloured.")}},
        QStringLiteral("lavascope"));
}

ManualFrame windowFrame() {
    return frameOf(
        QStringLiteral("inspector for the Lava AI Gateway"),
        {{QStringLiteral("LAVA_SECRET_KEY"), QStringLiteral("A secret key that is offered for calls.")},
         {QStringLiteral("LAVASCOPE_UPDATES_URL"),
          QStringLiteral("Where newer versions are looked for, when that is wanted.")}},
        QStringLiteral("lavascope-cli"));
}

QByteArray textOf(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(path));
    return file.readAll();
}

// A file that is already so is not touched, so that nothing is made again from it.
void write(const QString& path, const QByteArray& text) {
    QFile file(path);
    if (file.open(QIODevice::ReadOnly) && file.readAll() == text)
        return;
    file.close();
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(text) != text.size())
        qFatal("%s cannot be written", qPrintable(path));
}

void writeAll(const QDir& folder, const VerbDescription& program, ManualFrame frame, const QString& date) {
    frame.date = date;
    frame.version = QStringLiteral(LAVASCOPE_VERSION);
    write(folder.filePath(program.name + QStringLiteral(".1")), manualPage(program, frame));
    write(folder.filePath(program.name + QStringLiteral(".bash")), bashCompletion(program));
    write(folder.filePath(QLatin1Char('_') + program.name), zshCompletion(program));
    write(folder.filePath(program.name + QStringLiteral(".fish")), fishCompletion(program));
}

} // namespace

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() != 4) {
        QTextStream(stderr) << "Usage: lavascope-documents PROVIDERS_JSON YEAR-MONTH-DAY FOLDER\n";
        return int(lavascope::ExitCode::Usage);
    }
    const QDir folder(words.at(3));
    if (!QDir().mkpath(folder.path()))
        qFatal("%s cannot be made", qPrintable(folder.path()));
    QCommandLineParser line;
    writeAll(folder, lavascope::describeCommandLine(textOf(words.at(1))), commandFrame(), words.at(2));
    writeAll(folder, lavascope::declareWindowLine(line), windowFrame(), words.at(2));
    return int(lavascope::ExitCode::Fine);
}
