// SPDX-License-Identifier: MIT
#include "cli/token_check.h"

#include "cli/command_line.h"
#include "cli/diagnosis_text.h"
#include "cli/interrupt.h"
#include "cli/json_output.h"
#include "session/workbench.h"

#include <QEventLoop>

#include <algorithm>

namespace lavascope {

namespace {

QString markOf(CheckedThing::Known known) {
    switch (known) {
    case CheckedThing::Known::Yes:
        return QStringLiteral("+");
    case CheckedThing::Known::No:
        return QStringLiteral("!");
    case CheckedThing::Known::None:
        return QStringLiteral("-");
    case CheckedThing::Known::Untold:
        break;
    }
    return QStringLiteral("?");
}

} // namespace

Result<std::unique_ptr<CredentialCheck>> checkInspected(Workbench& workbench, const TokenReport& report,
                                                        const CheckWish& wish) {
    if (!report.parsed)
        return fail(QStringLiteral("nothing_to_check"),
                    QStringLiteral("No key could be read from it, so the gateway was not asked."));
    if (wish.sandbox)
        if (const Result<quint16> port = workbench.sandbox().start({}); !port)
            return tl::unexpected(port.error());
    Result<std::unique_ptr<CredentialCheck>> check =
        workbench.checkCredential(*report.parsed, wish.sandbox ? workbench.sandbox().origin() : wish.gateway);
    if (!check)
        return check;
    const Interrupt interrupt;
    QEventLoop loop;
    QObject::connect(&interrupt, &Interrupt::requested, &loop, &QEventLoop::quit);
    QObject::connect(check->get(), &CredentialCheck::finished, &loop, &QEventLoop::quit);
    (*check)->start();
    loop.exec();
    return check;
}

void printCheck(Terminal& terminal, const CredentialCheck& check) {
    terminal.printLine(QStringLiteral("\n  asked %1").arg(QString::fromUtf8(check.gateway())));
    for (const CheckedThing& thing : check.things()) {
        terminal.printLine(QStringLiteral("  %1 %2").arg(markOf(thing.known), thing.sentence));
    }
    if (!check.isDone())
        terminal.printLine(u"  ? Stopped before every question was answered.");
    if (check.diagnosis())
        for (const QString& line : diagnosisLines(*check.diagnosis()))
            terminal.printLine(QStringLiteral("  ") + line);
}

void writeCheck(json::Writer& writer, const CredentialCheck& check) {
    writer.name("check");
    writer.beginObject();
    writer.member("gateway", QString::fromUtf8(check.gateway()));
    for (const char* what : {"key", "customer", "subscription", "meter"}) {
        writer.name(what);
        const auto thing =
            std::find_if(check.things().begin(), check.things().end(),
                         [&](const CheckedThing& one) { return one.what == QLatin1String(what); });
        if (thing == check.things().end()) {
            writer.null();
            continue;
        }
        writer.beginObject();
        writer.member("state", knownName(thing->known));
        writer.member("sentence", thing->sentence);
        writer.endObject();
    }
    writer.name("diagnosis");
    if (check.diagnosis())
        writeDiagnosis(writer, *check.diagnosis());
    else
        writer.null();
    writer.endObject();
}

int exitCodeOf(const CredentialCheck& check) {
    const bool mayWorkLater = check.diagnosis() && check.diagnosis()->retry != Retry::No;
    if (mayWorkLater)
        return int(ExitCode::TryLater);
    return int(check.knowsAll() ? ExitCode::Fine : ExitCode::Bad);
}

} // namespace lavascope
