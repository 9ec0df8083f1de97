// SPDX-License-Identifier: MIT
#include "gui/retry_words.h"

#include "core/diagnosis/rate_limits.h"

#include <QCoreApplication>
#include <QStringList>

namespace lavascope {

namespace {

QString translated(const char* text) {
    return QCoreApplication::translate("lavascope::RetryWords", text);
}

QString whoTries(const RetryPlan& plan) {
    switch (plan.obstacle) {
    case RetryPlan::Obstacle::Doubt:
        return translated("It is not tried again by itself.");
    case RetryPlan::Obstacle::TooLong:
        return translated(
                   "It is not tried again by itself: that is longer than the %1 that are waited at most "
                   "(see Settings).")
            .arg(spanInWords(plan.cap));
    case RetryPlan::Obstacle::UsedUp:
        return translated("All tries that were to be made by themselves are used up.");
    case RetryPlan::Obstacle::None:
        break;
    }
    if (plan.next == RetryPlan::Next::ByItself)
        return translated("Try %1 of %2 starts by itself.").arg(plan.nextTry).arg(plan.lastByItself);
    return {};
}

QString pauses(const RetryPlan& plan) {
    QStringList each;
    int number = plan.nextTry;
    for (const std::chrono::milliseconds longest : plan.longestPauses)
        each += translated("try %1: up to %2").arg(number++).arg(spanInWords(longest));
    return translated("Pauses grow and are drawn at random (%1).").arg(each.join(QStringLiteral(", ")));
}

} // namespace

QString billingDoubtWords(BillingDoubt doubt) {
    switch (doubt) {
    case BillingDoubt::AnswerBegan:
        return translated("An answer had begun, so this call may have been billed already.");
    case BillingDoubt::NotAnswered:
        return translated(
            "The request went out and no answer came, so it may have been carried out and billed.");
    case BillingDoubt::Untold:
        return translated("Nothing tells whether the call was carried out, so it may have been billed.");
    case BillingDoubt::None:
        break;
    }
    return {};
}

QString retryPlanWords(const RetryPlan& plan) {
    if (plan.next == RetryPlan::Next::Nothing)
        return {};
    QStringList sentences;
    sentences += billingDoubtWords(plan.doubt);
    sentences += plan.serverWait
                     ? translated("The server asks for a pause of %1.").arg(spanInWords(*plan.serverWait))
                     : QString();
    sentences += whoTries(plan);
    sentences += plan.serverWait ? QString() : pauses(plan);
    sentences.removeAll(QString());
    return sentences.join(QLatin1Char(' '));
}

} // namespace lavascope
