using EdgeAgent.Assessment.Reports;
using EdgeAgent.Assessment.Reports.Pdf;
using EdgeAgent.TestKit;

namespace EdgeAgent.Assessment.Tests.Reports;

public sealed class PdfTests
{
    /// <summary>LibreOffice sets the forms; every chapter that the index names is on the page that it names.</summary>
    [PartnerFact("soffice", "poppler")]
    public async Task Forms_become_pdf_and_the_index_names_real_pages()
    {
        using TempDirectory folder = new();
        FormInputs inputs = FormScene.Inputs();
        IReadOnlyList<string> written = await ReportFolder.WriteAsync(
            folder.Path, [FormKind.Application, FormKind.Summary, FormKind.SelfAssessment, FormKind.OnePage], inputs, SofficeProgram.Find(), CancellationToken.None);
        Assert.Equal(8, written.Count);
        IReadOnlyDictionary<string, int>? pages = await PageFinder.FindAsync(written.Single(w => w.EndsWith("总结报告.pdf", StringComparison.Ordinal)), inputs.Result, CancellationToken.None);
        Assert.NotNull(pages);
        Assert.Equal(31, pages.Count);
        Assert.True(pages["（二）4.16"] > pages["（二）1.1"]);
        string selfAssessment = FormTests.TextOf(await File.ReadAllBytesAsync(written.Single(w => w.EndsWith("自评估报告.docx", StringComparison.Ordinal))));
        Assert.All(pages, p => Assert.True(!selfAssessment.Contains($"总结报告{p.Key}", StringComparison.Ordinal) || selfAssessment.Contains($"总结报告{p.Key}，第{p.Value}页", StringComparison.Ordinal), p.Key));
        Assert.Equal(1, await PagesOfAsync(written.Single(w => w.EndsWith("评测摘要.pdf", StringComparison.Ordinal))));
        if (Environment.GetEnvironmentVariable("EDGEAGENT_KEEP_FORMS") is { } keep)
        {
            foreach (string file in written)
            {
                File.Copy(file, Path.Combine(keep, Path.GetFileName(file)), overwrite: true);
            }
        }
    }

    private static async Task<int> PagesOfAsync(string pdf)
    {
        (_, string text) = await ProgramPath.RunAsync(ProgramPath.Find("pdftotext")!, [pdf, "-"], TimeSpan.FromSeconds(30), CancellationToken.None);
        return text.Count(c => c == '\f');
    }
}
