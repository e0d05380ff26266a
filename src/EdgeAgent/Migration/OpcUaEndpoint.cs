using System.Text.Json.Nodes;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Migration;

/// <summary>Connections to OPC UA servers as the driver's settings have them. Passwords are never copied.</summary>
internal static class OpcUaEndpoint
{
    /// <param name="isSecure">Whether messages were signed and encrypted.</param>
    /// <param name="user">Name of the user; null or empty for nobody in particular.</param>
    /// <param name="note">What else is to be known of the security; null for nothing.</param>
    public static MigratedEndpoint Create(MigratedPlant into, string name, string url, bool isSecure, string? user, string? note)
    {
        JsonObject settings = new()
        {
            ["endpoints"] = new JsonArray(url),
            ["securityMode"] = isSecure ? "signandencrypt" : "none",
            ["certificateStore"] = "pki",
        };
        if (!string.IsNullOrEmpty(user))
        {
            settings["user"] = user;
            settings["password"] = "${env:" + PasswordName(name) + "}";
            into.Leave(name, $"the password of user {user} is not copied; put it into the environment variable {PasswordName(name)}");
        }

        if (isSecure)
        {
            into.Leave(name, "the server must accept this agent's certificate, and the agent the server's: the first connection names the command" + (note is null ? "" : "; " + note));
        }

        return into.Endpoint(name, "opc-ua", settings);
    }

    /// <summary>What readings carry: the driver has one type for integers with and one for those without a sign; null leaves numbers as they come.</summary>
    public static TagType? TypeOf(TagType type) => type switch
    {
        TagType.Int8 or TagType.Int16 or TagType.Int32 or TagType.Int64 => TagType.Int64,
        TagType.UInt8 or TagType.UInt16 or TagType.UInt32 or TagType.UInt64 => TagType.UInt64,
        TagType.Bool or TagType.Float32 or TagType.Float64 or TagType.String or TagType.Bytes => type,
        _ => null,
    };

    private static string PasswordName(string name) => "OPCUA_PASSWORD_" + string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));
}
