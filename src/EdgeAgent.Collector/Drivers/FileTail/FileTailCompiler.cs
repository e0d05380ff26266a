using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EdgeAgent.Collector.Receiving;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Drivers.FileTail;

/// <summary>Checks one endpoint's configuration whole, and compiles it when nothing is wrong.</summary>
internal sealed class FileTailCompiler(ConfigErrors errors)
{
    public FileTailPlan? Compile(EndpointConfig endpoint, ConfigPath path)
    {
        int before = errors.Total;
        ConfigPath at = path.Member("settings");
        SettingsReader.TryRead(endpoint.Settings, FileTailSettingsJson.Default.FileTailEndpointSettings, at, errors, out FileTailEndpointSettings? settings);
        Encoding? encoding = null;
        Regex? pattern = null;
        if (settings is not null)
        {
            encoding = CheckSettings(settings, at);
            pattern = settings.Pattern is { } text ? RegexOf(text, at.Member("pattern")) : null;
            for (int i = 0; i < settings.Time.Count; i++)
            {
                CheckColumn(settings.Time[i], settings, pattern, at.Member("time").Index(i));
            }
        }

        var devices = new List<FileTailDevice>();
        var plans = new List<DevicePlan>();
        int tags = 0;
        for (int i = 0; i < endpoint.Devices.Count; i++)
        {
            DeviceConfig device = endpoint.Devices[i];
            ConfigPath where = path.Member("devices").Index(i);
            var compiled = new List<FileTailTag>();
            for (int j = 0; j < device.Tags.Count; j++)
            {
                ConfigPath row = device.Tags[j].Source ?? where.Member("tags").Index(j);
                if (settings is not null)
                {
                    CheckColumn(device.Tags[j].Address, settings, pattern, row.Member("address"));
                }

                if (TagKinds.Check(device.Tags[j], row, errors) is { } kind)
                {
                    compiled.Add(new FileTailTag(tags + j, kind, device.Tags[j].Address));
                }
            }

            tags += device.Tags.Count;
            if (SettingsReader.TryRead(device.Settings, FileTailSettingsJson.Default.FileTailDeviceSettings, where.Member("settings"), errors, out FileTailDeviceSettings? own)
                && settings is not null)
            {
                CheckDevice(device, own, endpoint.Devices.Count, where.Member("settings"));
                devices.Add(new FileTailDevice(i, own, [.. compiled]));
                plans.Add(new DevicePlan(
                    $"file://{Path.Combine(settings.Directory, settings.Files)}{(own.Value is null ? "" : "#" + own.Value)}", [.. compiled.Select(tag => tag.Kind)]));
            }
        }

        return errors.Total > before ? null : new FileTailPlan(endpoint.Name, settings!, encoding!, pattern, devices, plans);
    }

    private Encoding? CheckSettings(FileTailEndpointSettings settings, ConfigPath path)
    {
        if (settings.Separator.Length != 1 && settings.Separator != "\\t")
        {
            errors.Add(path.Member("separator"), $"'{settings.Separator}' is no separator", "one character, or \\t", "\";\"");
        }

        if (settings.Files.Length == 0 || settings.Files.AsSpan().ContainsAny("/\\"))
        {
            errors.Add(path.Member("files"), $"'{settings.Files}' is no name of files", "a name with * and ?, without a folder", "\"press.log*\"");
        }

        if (!Path.IsPathRooted(settings.Directory))
        {
            errors.Add(path.Member("directory"), $"'{settings.Directory}' does not begin at the root", "the whole path of the folder", "\"/var/log/press\"");
        }

        if (!FieldEncoding.TryGet(settings.Encoding, out Encoding? encoding))
        {
            errors.Add(path.Member("encoding"), $"'{settings.Encoding}' is no encoding known here", FieldEncoding.Expected, "\"gbk\" for Chinese text");
        }

        return encoding;
    }

    private void CheckColumn(string name, FileTailEndpointSettings settings, Regex? pattern, ConfigPath path)
    {
        bool isNumber = name.StartsWith('#');
        if (isNumber && (!int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number == 0))
        {
            errors.Add(path, $"'{name}' is no number of a column", "# and a number from 1", "\"#3\"");
        }
        else if (pattern is not null && !pattern.GetGroupNames().Contains(name))
        {
            errors.Add(path, $"the pattern has no group '{name}'", string.Join(", ", pattern.GetGroupNames().Skip(1)), "(?<name>...) in the pattern");
        }
        else if (!isNumber && settings.Pattern is null && !settings.Header)
        {
            errors.Add(path, $"'{name}' names a column, and the files have no header", "# and a number from 1", "\"#3\"");
        }
    }

    private void CheckDevice(DeviceConfig device, FileTailDeviceSettings own, int devices, ConfigPath path)
    {
        if ((own.Column is null) != (own.Value is null))
        {
            errors.Add(path, $"device '{device.Name}': column and value go together", "both or none", "");
        }
        else if (devices > 1 && own.Column is null)
        {
            errors.Add(path.Member("column"), $"device '{device.Name}': nothing tells its lines from those of the other devices", "a column and its value", "");
        }
    }

    private Regex? RegexOf(string text, ConfigPath path)
    {
        try
        {
            // It takes time in proportion to the line; the limit is by the clock on the wall, and must not fail for a machine that is held up.
            return new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            errors.Add(path, $"'{text}': {exception.Message}", "a regular expression without lookarounds and backreferences", "");
            return null;
        }
    }
}
