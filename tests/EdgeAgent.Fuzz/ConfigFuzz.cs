using System.Text;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Fuzz;

/// <summary>Damaged configuration files and JSON messages: no exception, no hang, memory in proportion to the file.</summary>
public sealed class ConfigFuzz
{
    private const int Seed = 20_261_122;

    private static readonly byte[][] Seeds =
    [
        """{"site":"s","agent":{"id":"a","flushIntervalMs":250,"scanClasses":{"fast":{"intervalMs":100}},"publishers":[{"name":"hub","brokers":["mqtts://h:8883"],"password":"${env:X}$${","user":"u","tls":{"pinnedSha256":"00"}}]}}"""u8.ToArray(),
        """
        // comment
        {"site":"厂","agent":{"id":"a","endpoints":[{"name":"e","driver":"d","settings":{"port":502,"x":[1,{"y":null}]},"devices":[{"name":"x","tags":[
        {"name":"t","address":"HR0","type":"float32","order":"CDAB","bit":3,"min":1e3,"max":-5.5,"deadbandPercent":5,},],},],},],},}
        """u8.ToArray(),
        """{"site":"s","hub":{"store":{"kind":"influxdb","url":"http://h:8086","api":"v2","token":"${env:X}"},"enrolmentTokens":["a","b"]},"broker":{"listen":"127.0.0.1:1883","users":[{"name":"u","password":"p","publish":["a/#"]}]},"logging":{"level":"Debug","devices":{"x":"None"},"format":"json"}}"""u8.ToArray(),
    ];

    [Fact]
    public void Files()
    {
        var mutations = new SeededMutations(Seed, Seeds);
        int read = 0;
        foreach (byte[] seed in Seeds)
        {
            // What the serializer prepares once in a process is no file's.
            _ = ConfigFile.Parse(seed, "config.json", "/nonexistent", static _ => "secret-value");
        }

        for (int i = 0; i < 100_000; i++)
        {
            ReadOnlySpan<byte> mutated = mutations.Next();
            long before = GC.GetAllocatedBytesForCurrentThread();
            LoadedConfig loaded = ConfigFile.Parse(mutated, "config.json", "/nonexistent", static _ => "secret-value");
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated <= 200_000 + (mutated.Length * 1024L) + (loaded.Errors.Total * 16_384L), $"mutation {i}: {allocated} bytes for {mutated.Length}");
            Assert.True(loaded.Config is not null || loaded.Errors.Any);
            read += loaded.Config is null ? 0 : 1;
            foreach (ConfigError error in loaded.Errors)
            {
                Assert.DoesNotContain("secret-value", error.ToString(), StringComparison.Ordinal);
            }
        }

        Assert.True(read > 1000, $"{read} were readable");
    }

    [Fact]
    public void Syntax()
    {
        var mutations = new SeededMutations(Seed + 1, Seeds);
        for (int i = 0; i < 800_000; i++)
        {
            var errors = new ConfigErrors("config.json");
            ConfigNode? node = ConfigParser.Parse(mutations.Next(), errors);
            if (node is null == (errors.Total == 0))
            {
                Assert.Fail($"mutation {i}: neither a value nor an error");
            }
        }
    }

    [Fact]
    public void Messages()
    {
        byte[][] seeds =
        [
            new AgentBirth("s", "a", "1.0", "AAAA", null, "00", Guid.NewGuid(), [new BirthDevice("d", "m", "x", "", "live", [new BirthTag("t", "Int64", "", 1000, -1)])]).ToUtf8(),
            new AgentStatus(true, "1.0", Guid.NewGuid(), 17_000_000_000_000_000).ToUtf8(),
        ];
        var mutations = new SeededMutations(Seed + 2, seeds);
        for (int i = 0; i < 100_000; i++)
        {
            ReadOnlySpan<byte> mutated = mutations.Next();
            if (AgentBirth.TryParse(mutated, out AgentBirth? birth))
            {
                Assert.NotNull(birth.Site);
                Assert.All(birth.Devices, device => Assert.NotNull(device.Tags));
            }

            AgentStatus.TryParse(mutated, out _);
            Topics.TryParse(Encoding.UTF8.GetString(mutated), out _, out _, out _);
        }
    }
}
