using System.Text.Json.Serialization;
using EdgeAgent.Web.Access.Accounts;
using EdgeAgent.Web.Access.Sessions;
using EdgeAgent.Web.Access.Tokens;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Access;

/// <summary>Source-generated JSON of sessions, accounts, tokens and the audit log.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SessionView))]
[JsonSerializable(typeof(LoginBody))]
[JsonSerializable(typeof(FirstStartBody))]
[JsonSerializable(typeof(PasswordBody))]
[JsonSerializable(typeof(ApiPage<AccountView>))]
[JsonSerializable(typeof(NewAccountBody))]
[JsonSerializable(typeof(AccountChangeBody))]
[JsonSerializable(typeof(NewPasswordBody))]
[JsonSerializable(typeof(ApiPage<TokenView>))]
[JsonSerializable(typeof(NewTokenBody))]
[JsonSerializable(typeof(MadeToken))]
[JsonSerializable(typeof(AuditPart))]
internal sealed partial class AccessApiJson : JsonSerializerContext;
