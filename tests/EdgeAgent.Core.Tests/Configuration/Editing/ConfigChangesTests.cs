using System.Text;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Core.Tests.Configuration.Editing;

public sealed class ConfigChangesTests
{
    [Fact]
    public void Every_difference_is_told_by_endpoint_device_and_tag_and_no_password_with_it()
    {
        AppConfig before = Load("""
            { "site": "s", "agent": { "id": "a", "publishers": [ { "name": "hub", "brokers": ["mqtt://h"], "user": "u", "password": "old-one" } ], "endpoints": [
              { "name": "e", "driver": "modbus-tcp", "settings": { "host": "h1" }, "devices": [
                { "name": "d", "tags": [ { "name": "t1", "address": "hr:0" }, { "name": "t2", "address": "hr:1" } ] }, { "name": "gone", "tags": [] } ] } ] } }
            """);
        AppConfig after = Load("""
            { "site": "s", "agent": { "id": "a", "publishers": [ { "name": "hub", "brokers": ["mqtt://h"], "user": "u", "password": "new-one" } ], "endpoints": [
              { "name": "e", "driver": "modbus-tcp", "settings": { "host": "h2" }, "devices": [
                { "name": "d", "asset": "A-1", "tags": [ { "name": "t1", "address": "hr:5", "unit": "V" }, { "name": "t3", "address": "hr:1" } ] } ] } ] } }
            """);
        Assert.Equal(
            [
                "publisher hub changed password ***>***",
                "endpoint e changed settings.host h1>h2",
                "device d changed asset >A-1",
                "tag t1 changed address hr:0>hr:5, unit >V",
                "tag t3 added ",
                "tag t2 removed ",
                "device gone removed ",
            ],
            ConfigChanges.Between(before, after).Select(c => $"{c.Kind} {c.Name} {c.Change} {string.Join(", ", c.Fields.Select(f => $"{f.Field} {f.Before}>{f.After}"))}"));
    }

    private static AppConfig Load(string text) => ConfigFile.Parse(Encoding.UTF8.GetBytes(text), "c.json", Path.GetTempPath(), _ => null).Config!;
}
