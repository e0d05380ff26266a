using System.Diagnostics;
using System.Globalization;

namespace EdgeAgent.TestKit;

/// <summary>The programs of others that tests talk to, and whether they are on this machine.</summary>
public static class Partners
{
    /// <summary>Names that <see cref="PartnerFactAttribute"/> knows.</summary>
    private static readonly Dictionary<string, Func<bool>> Known = new()
    {
        ["mosquitto"] = () => Find("mosquitto") is not null && Find("mosquitto_pub") is not null,
        ["influxd"] = () => Find("influxd") is not null,
        ["postgres"] = () => PostgresFolder is not null,
        ["python"] = () => File.Exists(Python),
        ["pymodbus"] = () => PythonHas("pymodbus"),
        ["libmodbus"] = () => Find("gcc") is not null && File.Exists("/usr/include/modbus/modbus.h"),
        ["gcc"] = () => Find("gcc") is not null,
        ["node"] = () => Find("node") is not null && Directory.Exists(RepositoryRoot.Combine("tests", "partners", "node_modules")),
        ["node-opcua"] = () => Find("node") is not null && Directory.Exists(RepositoryRoot.Combine("tests", "partners", "node_modules", "node-opcua-server")),
        ["snap7"] = () => Find("node") is not null && File.Exists(RepositoryRoot.Combine("tests", "partners", "node_modules", "node-snap7", "build", "Release", "node_snap7.node")),
        ["socat"] = () => Find("socat") is not null,
        ["stty"] = () => Find("stty") is not null,
        ["soffice"] = () => Find("soffice") is not null,
        ["poppler"] = () => Find("pdftotext") is not null,
        ["chromium"] = () => Find("chromium") is not null,
        ["dpkg"] = () => Find("dpkg-deb") is not null && Find("dpkg") is not null,
        ["systemd-analyze"] = () => Find("systemd-analyze") is not null,
        ["openssl"] = () => Find("openssl") is not null,
        ["victoria-metrics"] = () => Find("victoria-metrics") is not null,
        ["root"] = () => Environment.UserName == "root",
    };

    private static readonly Dictionary<string, bool> Answers = [];

    /// <summary>Debian's Python, which has Debian's modules; another Python earlier on PATH has not.</summary>
    public const string Python = "/usr/bin/python3";

    /// <summary>Debian keeps PostgreSQL's programs off PATH, one folder for each version; the newest, or null.</summary>
    public static string? PostgresFolder => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(d => int.Parse(Path.GetFileName(d), CultureInfo.InvariantCulture))
            .Select(d => Path.Combine(d, "bin")).FirstOrDefault(d => File.Exists(Path.Combine(d, "postgres")))
        : null;

    public static bool Has(string name)
    {
        lock (Answers)
        {
            if (!Answers.TryGetValue(name, out bool present))
            {
                Answers[name] = present = Known[name]();
            }

            return present;
        }
    }

    /// <summary>The full path of a program on PATH or in the system's sbin folders, or null.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/usr/local/sbin").Split(':')
        .Where(folder => folder.Length > 0)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);

    private static bool PythonHas(string module)
    {
        if (!File.Exists(Python))
        {
            return false;
        }

        using Process probe = Process.Start(new ProcessStartInfo(Python, ["-c", "import " + module]) { RedirectStandardError = true })!;
        probe.WaitForExit();
        return probe.ExitCode == 0;
    }
}
