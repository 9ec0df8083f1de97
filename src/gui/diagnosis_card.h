// SPDX-License-Identifier: MIT
#pragma once

#include "core/diagnosis/diagnosis.h"

#include <QFrame>

#include <memory>

class QLabel;
class QPushButton;

namespace Ui {
class DiagnosisCard;
}

namespace lavascope {

class RemedyButtons;
class RetryPlanView;
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
    /// What came of something that was done from here.
    void tell(const QString& text);
    /// Above this the words scroll; the buttons stay.
    void setTextHeightLimit(int pixels);

Q_SIGNALS:
    void retryNowWanted();
    void stopWanted();
    void rawBodyWanted();
    void remedyWanted(const lavascope::Remedy& remedy);

private:
    QPushButton* addButton(const QString& name, const QString& text, const QString& accessibleName);
    void buildChips();
    void buildActions();
    void showChips(const Diagnosis& diagnosis);
    [[nodiscard]] QString sentence() const;
    [[nodiscard]] QString report() const;

    std::unique_ptr<Ui::DiagnosisCard> m_ui;
    QLabel* m_fault;
    QLabel* m_retry;
    QLabel* m_billed;
    RemedyButtons* m_remedies;
    RetryPlanView* m_plan; ///< when to try again
    QPushButton* m_showEvidence;
    QPushButton* m_rawBody;
    QPushButton* m_copyRequestId;
    QPushButton* m_copyReport;
    std::optional<Diagnosis> m_diagnosis;
};

} // namespace lavascope
