// SPDX-License-Identifier: MIT
#pragma once

#include "core/json/document.h"

namespace lavascope::json {

/// One pass of a Document over its source: fills the Document's nodes and says where the text stops being
/// JSON.
class Scanner {
public:
    explicit Scanner(Document& document);

    [[nodiscard]] std::optional<Fault> run();

private:
    /// What a step leaves behind: a value must follow, or all is read, or there is a fault.
    enum class Next { Value, Nothing, Fault };

    [[nodiscard]] Next takeValue();
    [[nodiscard]] Next afterOpening();
    [[nodiscard]] Next afterValue();
    [[nodiscard]] Next takeName();
    [[nodiscard]] bool takeString(bool& escaped);
    [[nodiscard]] bool takeEscape();
    [[nodiscard]] bool takeUtf8();
    [[nodiscard]] bool takeNumber();
    [[nodiscard]] bool takeDigits();
    [[nodiscard]] bool takeWord(QByteArrayView word);
    void add(Kind kind, uint32_t begin, bool escaped);
    void open(Kind kind);
    void close();
    void closeWhatIsOpen();
    void skipWhiteSpace();

    [[nodiscard]] bool atEnd() const { return m_at == m_end; }
    [[nodiscard]] uint32_t offset() const { return uint32_t(m_at - m_begin); }
    [[nodiscard]] bool inObject() const;
    [[nodiscard]] QString whereAValueIsExpected() const;
    [[nodiscard]] QString whatIsNotClosed() const;

    [[nodiscard]] QString expected(const QString& what) const; ///< and what stands there instead
    [[nodiscard]] Next fault(const QString& message);
    [[nodiscard]] Next faultAtEnd();
    /// A fault inside a token, whose reader only says whether it went well.
    [[nodiscard]] bool failed(const QString& message);

    Document& m_document;
    const char* m_begin;
    const char* m_at;
    const char* m_end;
    uint32_t m_nameBegin = 0;
    uint32_t m_nameEnd = 0;
    bool m_nameEscaped = false;
    std::optional<Fault> m_fault;
};

} // namespace lavascope::json
