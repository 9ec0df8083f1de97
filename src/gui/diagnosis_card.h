// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/diagnosis.h"

#include <QFrame>
#include <QTimer>

#include <memory>

namespace Ui {
class DiagnosisCard;
}

namespace lavascope {

class Run;

/// What went wrong, whose fault it is, and whether and when to try again. Hidden while there is nothing to
/// say.
class DiagnosisCard : public QFrame {
    Q_OBJECT

public:
    explicit DiagnosisCard(QWidget* parent = nullptr);
    ~DiagnosisCard() override;

    void clear();
    /// Shows the run's diagnosis; counts down while the run waits to try again.
    void showRun(const Run& run);
    void showDiagnosis(const Diagnosis& diagnosis);

Q_SIGNALS:
    void retryNowWanted();
    void stopWanted();

private:
    void tick();
    [[nodiscard]] QString report() const;

    std::unique_ptr<Ui::DiagnosisCard> m_ui;
    std::optional<Diagnosis> m_diagnosis;
    const Run* m_waiting = nullptr;
    QTimer m_tick;
};

} // namespace lavascope
