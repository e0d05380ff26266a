using System.Text;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Core.Tests.Configuration.Remote;

public sealed class RemoteConfigLimitsTests
{
    private const string Before = """
        { "site": "s", "agent": { "id": "gw", "dataDirectory": "/var/lib/x", "remoteConfiguration": { "allow": true, "hubKey": "KEY" },
          "publishers": [ { "name": "hub", "brokers": ["mqtt://h:1883"], "user": "u", "password": "secret-1" } ],
          "endpoints": [ { "name": "e", "driver": "file-tail", "settings": { "directory": "/var/log/press", "note": "${env:HOME}" }, "devices": [ { "name": "d", "tagFile": "d.csv" } ] } ] },
          "web": { "listen": "127.0.0.1:8080" } }
        """;

    [Theory]
    [InlineData("\"name\": \"d\"", "\"name\": \"d2\"", null)]
    [InlineData("mqtt://h:1883", "mqtts://h2:8883", null)]
    [InlineData("\"d.csv\"", "\"tables/d.csv\"", null)]
    [InlineData("\"site\": \"s\"", "\"site\": \"s2\"", "site")]
    [InlineData("\"id\": \"gw\"", "\"id\": \"gw2\"", "id")]
    [InlineData("/var/lib/x", "/var/lib/y", "data directory")]
    [InlineData("\"allow\": true", "\"allow\": true, \"confirmWithinMinutes\": 120", "remoteConfiguration")]
    [InlineData("127.0.0.1:8080", "0.0.0.0:8080", "web")]
    [InlineData("secret-1", "secret-2", "password")]
    [InlineData("\"user\": \"u\"", "\"user\": \"root\"", "user")]
    [InlineData("mqtt://h:1883", "mqtt://evil:1883", "in the clear")]
    [InlineData("/var/log/press", "/etc", "outside")]
    [InlineData("/var/log/press", "../../etc", "outside")]
    [InlineData("${env:HOME}", "${env:DB_PASSWORD}", "cannot be asked for")]
    [InlineData("${env:HOME}", "${file:/etc/shadow}", "cannot be asked for")]
    [InlineData("\"d.csv\"", "\"/etc/passwd\"", "table /etc/passwd")]
    [InlineData("\"d.csv\"", "\"../d.csv\"", "table ../d.csv")]
    [InlineData("\"d.csv\"", "\"agent.key\"", "table agent.key")]
    public void Only_what_may_be_changed_from_afar_is(string old, string now, string? refused)
    {
        Assert.Contains(old, Before, StringComparison.Ordinal);
        (AppConfig before, ConfigBundle beforeText) = Load(Before);
        (AppConfig after, ConfigBundle afterText) = Load(Before.Replace(old, now, StringComparison.Ordinal));
        IReadOnlyList<string> problems = RemoteConfigLimits.Check(before, beforeText, after, afterText);
        if (refused is null)
        {
            Assert.Empty(problems);
        }
        else
        {
            Assert.Contains(problems, p => p.Contains(refused, StringComparison.Ordinal));
        }
    }

    private static (AppConfig, ConfigBundle) Load(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return (ConfigFile.Parse(bytes, "c.json", Path.GetTempPath(), _ => "x", _ => false).Config!, new ConfigBundle(bytes, new Dictionary<string, byte[]>()));
    }
}
