// SPDX-License-Identifier: MIT
#include "worked_examples.h"

using namespace lavascope;

QList<WorkedExample> workedExamples() {
    const Secret live("aks_live_EXAMPLEnotARealKey0000");
    const Secret test("aks_test_EXAMPLEnotARealKey0000");
    const Secret openAi("sk-EXAMPLE");
    const Secret anthropic("sk-ant-EXAMPLE");
    const QString customer = QStringLiteral("conn_abc123");
    const QString slug = QStringLiteral("my-meter");
    const QString strange = QString::fromUtf8("\303\251\"\\\177/\342\200\250<>&\360\237\230\200~~~\?\?\?");
    const Field<QString> noText = Field<QString>::null();

    return {
        {"merchant",
         {.secretKey = live},
         "{\"secret_key\":\"aks_live_EXAMPLEnotARealKey0000\"}",
         "eyJzZWNyZXRfa2V5IjoiYWtzX2xpdmVfRVhBTVBMRW5vdEFSZWFsS2V5MDAwMCJ9",
         Payer::Merchant},
        {"meter_only_absent_customer",
         {.secretKey = live, .meterSlug = slug},
         "{\"secret_key\":\"aks_live_EXAMPLEnotARealKey0000\",\"meter_slug\":\"my-meter\"}",
         "eyJzZWNyZXRfa2V5IjoiYWtzX2xpdmVfRVhBTVBMRW5vdEFSZWFsS2V5MDAwMCIsIm1ldGVyX3NsdWciOiJteS1tZXRlciJ9",
         Payer::MerchantMetered},
        {"meter_only_null_customer",
         {.secretKey = live, .customerId = noText, .meterSlug = slug},
         "{\"secret_key\":\"aks_live_EXAMPLEnotARealKey0000\",\"customer_id\":null,\"meter_slug\":\"my-"
         "meter\"}",
         "eyJzZWNyZXRfa2V5IjoiYWtzX2xpdmVfRVhBTVBMRW5vdEFSZWFsS2V5MDAwMCIsImN1c3RvbWVyX2lkIjpudWxsLCJtZXRlcl9"
         "zbHVnIjoibXktbWV0ZXIifQ==",
         Payer::MerchantMetered},
        {"customer_and_meter",
         {.secretKey = live, .customerId = customer, .meterSlug = slug},
         "{\"secret_key\":\"aks_live_EXAMPLEnotARealKey0000\",\"customer_id\":\"conn_abc123\",\"meter_slug\":"
         "\"my-meter\"}",
         "eyJzZWNyZXRfa2V5IjoiYWtzX2xpdmVfRVhBTVBMRW5vdEFSZWFsS2V5MDAwMCIsImN1c3RvbWVyX2lkIjoiY29ubl9hYmMxMjM"
         "iLCJtZXRlcl9zbHVnIjoibXktbWV0ZXIifQ==",
         Payer::Customer},
        {"billing_disabled",
         {.secretKey = live, .customerId = customer, .meterSlug = slug, .disableBilling = true},
         "{\"secret_key\":\"aks_live_EXAMPLEnotARealKey0000\",\"customer_id\":\"conn_abc123\",\"meter_slug\":"
         "\"my-meter\",\"disable_billing\":true}",
         "eyJzZWNyZXRfa2V5IjoiYWtzX2xpdmVfRVhBTVBMRW5vdEFSZWFsS2V5MDAwMCIsImN1c3RvbWVyX2lkIjoiY29ubl9hYmMxMjM"
         "iLCJtZXRlcl9zbHVnIjoibXktbWV0ZXIiLCJkaXNhYmxlX2JpbGxpbmciOnRydWV9",
         Payer::MerchantCustomerTracked},
        {"unmanaged_nulls",
         {.secretKey = live, .customerId = noText, .meterSlug = noText, .providerKey = openAi},
         "{\"secret_key\":\"aks_live_EXAMPLEnotARealKey0000\",\"customer_id\":null,\"meter_slug\":null,"
         "\"provider_key\":\"sk-EXAMPLE\"}",
         "eyJzZWNyZXRfa2V5IjoiYWtzX2xpdmVfRVhBTVBMRW5vdEFSZWFsS2V5MDAwMCIsImN1c3RvbWVyX2lkIjpudWxsLCJtZXRlcl9"
         "zbHVnIjpudWxsLCJwcm92aWRlcl9rZXkiOiJzay1FWEFNUExFIn0=",
         Payer::ProviderAccount},
        {"unmanaged_absent",
         {.secretKey = live, .providerKey = openAi},
         "{\"secret_key\":\"aks_live_EXAMPLEnotARealKey0000\",\"provider_key\":\"sk-EXAMPLE\"}",
         "eyJzZWNyZXRfa2V5IjoiYWtzX2xpdmVfRVhBTVBMRW5vdEFSZWFsS2V5MDAwMCIsInByb3ZpZGVyX2tleSI6InNrLUVYQU1QTEU"
         "ifQ==",
         Payer::ProviderAccount},
        {"test_key_all_five",
         {.secretKey = test,
          .customerId = customer,
          .meterSlug = slug,
          .providerKey = anthropic,
          .disableBilling = true},
         "{\"secret_key\":\"aks_test_EXAMPLEnotARealKey0000\",\"customer_id\":\"conn_abc123\",\"meter_slug\":"
         "\"my-meter\",\"provider_key\":\"sk-ant-EXAMPLE\",\"disable_billing\":true}",
         "eyJzZWNyZXRfa2V5IjoiYWtzX3Rlc3RfRVhBTVBMRW5vdEFSZWFsS2V5MDAwMCIsImN1c3RvbWVyX2lkIjoiY29ubl9hYmMxMjM"
         "iLCJtZXRlcl9zbHVnIjoibXktbWV0ZXIiLCJwcm92aWRlcl9rZXkiOiJzay1hbnQtRVhBTVBMRSIsImRpc2FibGVfYmlsbGluZy"
         "I6dHJ1ZX0=",
         Payer::MerchantCustomerTracked},
        {"escapes_and_unicode",
         {.secretKey = live, .meterSlug = strange},
         "{\"secret_key\":\"aks_live_EXAMPLEnotARealKey0000\",\"meter_slug\":\"\303\251\\\"\\\\\177/"
         "\342\200\250<>&\360\237\230\200~~~\?\?\?\"}",
         "eyJzZWNyZXRfa2V5IjoiYWtzX2xpdmVfRVhBTVBMRW5vdEFSZWFsS2V5MDAwMCIsIm1ldGVyX3NsdWciOiLDqVwiXFx/"
         "L+KAqDw+JvCfmIB+fn4/Pz8ifQ==",
         Payer::MerchantMetered},
        {"customer_without_meter",
         {.secretKey = live, .customerId = customer},
         "{\"secret_key\":\"aks_live_EXAMPLEnotARealKey0000\",\"customer_id\":\"conn_abc123\"}",
         "eyJzZWNyZXRfa2V5IjoiYWtzX2xpdmVfRVhBTVBMRW5vdEFSZWFsS2V5MDAwMCIsImN1c3RvbWVyX2lkIjoiY29ubl9hYmMxMjM"
         "ifQ==",
         Payer::Unknown},
    };
}
