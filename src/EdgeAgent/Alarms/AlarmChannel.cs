using System.ComponentModel;
using System.Text.Json.Serialization;

namespace EdgeAgent.Alarms;

/// <summary>Which shape a message has.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChannelKind>))]
internal enum ChannelKind
{
    /// <summary>钉钉 robot.</summary>
    [JsonStringEnumMemberName("dingtalk")]
    DingTalk,

    /// <summary>企业微信 robot.</summary>
    [JsonStringEnumMemberName("wecom")]
    WeCom,

    /// <summary>飞书 robot.</summary>
    [JsonStringEnumMemberName("feishu")]
    Feishu,

    /// <summary>The alarm as plain JSON.</summary>
    [JsonStringEnumMemberName("json")]
    Json,

    /// <summary>E-mail.</summary>
    [JsonStringEnumMemberName("mail")]
    Mail,
}

/// <summary>Where alarms are told.</summary>
internal sealed record AlarmChannel
{
    [Description("Unique among the channels; rules name it.")]
    public required string Name { get; init; }

    public required ChannelKind Kind { get; init; }

    [Description("Address of the webhook; not for mail.")]
    public string Url { get; init; } = "";

    [Description("Secret by which DingTalk and Feishu robots check the signature; empty without. Shown as stars.")]
    public string Secret { get; init; } = "";

    [Description("zh or en.")]
    public string Language { get; init; } = "zh";

    [Description("For mail.")]
    public MailChannel? Mail { get; init; }
}

/// <summary>How mail is handed in.</summary>
internal sealed record MailChannel
{
    public required string Host { get; init; }

    [Description("587 for STARTTLS, 465 for TLS from the start, 25 without.")]
    public int Port { get; init; } = 587;

    [Description("starttls, tls or none.")]
    public string Security { get; init; } = "starttls";

    public string User { get; init; } = "";

    [Description("Shown as stars.")]
    public string Password { get; init; } = "";

    public required string From { get; init; }

    public required IReadOnlyList<string> To { get; init; }
}

/// <summary>Everything that is set about alarms, as the file and the API hold it.</summary>
internal sealed record AlarmSettings
{
    /// <summary>Stands for a secret that is kept as it is.</summary>
    public const string Stars = "********";

    public IReadOnlyList<AlarmRule> Rules { get; init; } = [];

    public IReadOnlyList<AlarmChannel> Channels { get; init; } = [];

    /// <summary>Without secrets, for somebody who reads them.</summary>
    public AlarmSettings Masked() => this with
    {
        Channels = [.. Channels.Select(c => c with { Secret = MaskOf(c.Secret), Mail = c.Mail is { } mail ? mail with { Password = MaskOf(mail.Password) } : null })],
    };

    /// <summary>With the secrets of those before where stars stand.</summary>
    public AlarmSettings WithSecretsOf(AlarmSettings before) => this with
    {
        Channels = [.. Channels.Select(c => c.WithSecretsOf(before.Channels.FirstOrDefault(b => b.Name == c.Name)))],
    };

    private static string MaskOf(string secret) => secret.Length == 0 ? "" : Stars;
}

internal static class AlarmChannels
{
    public static AlarmChannel WithSecretsOf(this AlarmChannel channel, AlarmChannel? before) => channel with
    {
        Secret = channel.Secret == AlarmSettings.Stars ? before?.Secret ?? "" : channel.Secret,
        Mail = channel.Mail is { Password: AlarmSettings.Stars } mail ? mail with { Password = before?.Mail?.Password ?? "" } : channel.Mail,
    };
}
