// SPDX-License-Identifier: MIT
// The tables of what providers answer when they fail, row by row: what it is, whose fault, whether and when
// to try again. The rows are in provider_errors.json, named by the section of the tables, provider and
// status.
#include "core/diagnosis/shipped_rules.h"
#include "core/stream/stream_reader.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QUrl>

using namespace lavascope;

namespace {

constexpr qint64 now = 1'795'824'000'000; // 2026-11-28T00:00:00Z

QJsonArray rows() {
    return QJsonDocument::fromJson(fileOfSource("tests/core/diagnosis/provider_errors.json")).array();
}

QString textOf(const QJsonObject& row, const char* name) {
    return row[QLatin1String(name)].toString();
}

/// The answer as a call brings it: an ending, and a transcript that was read from the body.
Attempt attemptOf(const QJsonObject& row) {
    const QJsonValue body = row[QStringLiteral("body")];
    const QJsonObject headers = row[QStringLiteral("headers")].toObject();
    Attempt attempt;
    attempt.status = row[QStringLiteral("status")].toInt();
    attempt.headersAt = std::chrono::microseconds(1);
    for (const QString& name : headers.keys())
        attempt.headers.append(name.toLatin1(), headers[name].toString().toUtf8());
    attempt.chunks.push_back({std::chrono::microseconds(2), body.isObject()
                                                                ? QJsonDocument(body.toObject()).toJson()
                                                                : body.toString().toUtf8()});
    attempt.ending = Ending{EndReason::Finished, {}, std::chrono::microseconds(3), 1};
    return attempt;
}

} // namespace

class TestProviderErrors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRow_isToldAsTheTableSays_data() {
        QTest::addColumn<QJsonObject>("row");
        const QJsonArray all = rows();
        QVERIFY(all.size() > 150);
        for (const auto& one : all)
            QTest::newRow(qPrintable(textOf(one.toObject(), "row"))) << one.toObject();
    }
    void everyRow_isToldAsTheTableSays() {
        QFETCH(QJsonObject, row);
        const Attempt attempt = attemptOf(row);
        Outcome outcome;
        outcome.status = attempt.status;
        outcome.headers = attempt.headers;
        outcome.body = attempt.body();
        outcome.ending = attempt.ending;
        outcome.nowMs = now;
        outcome.url = "https://api.lava.so/v1/forward?u=" + QUrl::toPercentEncoding(textOf(row, "target"));
        StreamHints hints;
        hints.url = outcome.url;
        const Transcript transcript = readAttempt(attempt, hints).transcript();

        static const DiagnosisRules rules = shippedRules();
        const Diagnosis diagnosis = diagnose(rules, outcome, &transcript);
        const QString told = QStringLiteral("%1 %2 %3")
                                 .arg(diagnosis.kind, QLatin1String(faultName(diagnosis.fault)),
                                      QLatin1String(retryName(diagnosis.retry)));
        QVERIFY2(told == textOf(row, "expect"), qPrintable(told + QStringLiteral(" by ") + diagnosis.rule));
        QCOMPARE(diagnosis.retryAfter ? qint64(diagnosis.retryAfter->count()) : qint64(-1),
                 row[QStringLiteral("retry_after_ms")].toInteger(-1));

        // `explain` has no ending, and of an error status no need of a transcript.
        outcome.ending.reset();
        if (outcome.status >= 400)
            QCOMPARE(diagnose(rules, outcome).rule, diagnosis.rule);
    }

    void everyRow_hasANameOfItsOwn() {
        QStringList names;
        const QJsonArray all = rows();
        for (const auto& one : all)
            names.append(textOf(one.toObject(), "row"));
        QCOMPARE(names.removeDuplicates(), 0);
    }

    void requestId_isFoundUnderEveryProvidersName_data() {
        QTest::addColumn<QByteArray>("name");
        for (const char* name : {"x-lava-request-id", "request-id", "x-request-id", "x-amzn-requestid",
                                 "apim-request-id", "X-Generation-Id", "cf-ray"})
            QTest::newRow(name) << QByteArray(name);
    }
    void requestId_isFoundUnderEveryProvidersName() {
        QFETCH(QByteArray, name);
        Outcome outcome;
        outcome.status = 500;
        outcome.headers = {{name, "EXAMPLE-id"}};
        QCOMPARE(diagnose(shippedRules(), outcome).requestId, QStringLiteral("EXAMPLE-id"));
    }
};

QTEST_GUILESS_MAIN(TestProviderErrors)
#include "tst_provider_errors.moc"
