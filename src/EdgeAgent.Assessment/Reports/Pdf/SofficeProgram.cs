using EdgeAgent.Assessment.Findings;

namespace EdgeAgent.Assessment.Reports.Pdf;

/// <summary>LibreOffice, where it is installed: turns forms into PDF.</summary>
public sealed class SofficeProgram
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly string _path;

    private SofficeProgram(string path) => _path = path;

    /// <summary>What to tell a person on whose machine it is not.</summary>
    public const string HowToGet =
        "LibreOffice (soffice) is not installed, so no PDF is made and the evidence index names chapters without pages. "
        + "Install it (Debian, Ubuntu: apt-get install libreoffice-writer-nogui fonts-noto-cjk poppler-utils), or open the DOCX files in Word or WPS and save them as PDF there.";

    /// <summary>Where it is installed, for pages.</summary>
    public static BilingualText Present { get; } = new(
        "本机装有 LibreOffice：表单同时生成 DOCX 和 PDF，佐证材料索引带页码。", "LibreOffice is installed here: forms are made as DOCX and PDF, and the evidence index names pages.");

    /// <summary>The same for pages.</summary>
    public static BilingualText Missing { get; } = new(
        "本机未安装 LibreOffice（soffice），不生成 PDF，佐证材料索引只有章节号、没有页码。"
        + "可安装后重新生成（Debian、Ubuntu：apt-get install libreoffice-writer-nogui fonts-noto-cjk poppler-utils），或用 Word、WPS 打开 DOCX 另存为 PDF，或用打印视图在浏览器中存为 PDF。",
        HowToGet);

    /// <returns>Null when it is not on the search path.</returns>
    public static SofficeProgram? Find() => ProgramPath.Find("soffice") is { } path ? new SofficeProgram(path) : null;

    /// <summary>Makes <c>name.pdf</c> beside <c>name.docx</c>.</summary>
    /// <exception cref="IOException">LibreOffice failed; the message has what it said.</exception>
    public async Task<string> ToPdfAsync(string docx, CancellationToken cancellation)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(docx))!;
        // A profile of its own: another LibreOffice that is open on the machine would take the work and do nothing.
        string profile = Directory.CreateTempSubdirectory("edgeagent-soffice-").FullName;
        try
        {
            (int code, string said) = await ProgramPath.RunAsync(
                _path,
                [$"-env:UserInstallation={new Uri(profile).AbsoluteUri}", "--headless", "--norestore", "--convert-to", "pdf", "--outdir", folder, docx],
                Limit,
                cancellation).ConfigureAwait(false);
            string pdf = Path.Combine(folder, Path.GetFileNameWithoutExtension(docx) + ".pdf");
            return code == 0 && File.Exists(pdf)
                ? pdf
                : throw new IOException($"LibreOffice did not make {pdf} (exit code {code}): {said.Trim()}");
        }
        finally
        {
            Directory.Delete(profile, recursive: true);
        }
    }
}
