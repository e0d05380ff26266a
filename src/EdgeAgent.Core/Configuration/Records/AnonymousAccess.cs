using System.Text.Json.Serialization;

namespace EdgeAgent.Core.Configuration;

/// <summary>What the web pages show to people who are not logged in.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<AnonymousAccess>))]
public enum AnonymousAccess
{
    /// <summary>The login page only.</summary>
    None,
    /// <summary>State and values of devices, as a wall display in a workshop does; no assessment, nothing that changes anything.</summary>
    State,
}
