using System.Text.Json.Serialization;

namespace EdgeAgent.Web.Access;

/// <summary>What kind of person somebody is to this installation.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AccessRole>))]
internal enum AccessRole
{
    /// <summary>Looks at the state and at results.</summary>
    Viewer,
    /// <summary>评审员: reads everything an assessment rests on, and may ask for a live challenge.</summary>
    Assessor,
    /// <summary>Sets up devices and prepares an acceptance.</summary>
    Engineer,
    /// <summary>May do everything, tokens included.</summary>
    Admin,
}
