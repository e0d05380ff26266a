namespace EdgeAgent.Assessment.Reports.Pdf;

/// <summary>Writes forms into a folder, as DOCX and where it can be done as PDF.</summary>
public static class ReportFolder
{
    /// <summary>Writes the forms. Where PDFs can be made, the summary report is set first, so that the index of the self-assessment names its pages.</summary>
    /// <param name="soffice">Null: no PDFs, and chapters without pages.</param>
    /// <returns>The paths of the files, in the order of writing.</returns>
    /// <exception cref="FormBlockedException">The forms cannot be filled.</exception>
    /// <exception cref="IOException">A file cannot be written, or LibreOffice failed.</exception>
    public static async Task<IReadOnlyList<string>> WriteAsync(
        string folder, IReadOnlyCollection<FormKind> kinds, FormInputs inputs, SofficeProgram? soffice, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        List<string> written = [];
        FormInputs withPages = inputs;
        if (soffice is not null && kinds.Contains(FormKind.SelfAssessment))
        {
            withPages = inputs with { Pages = await PagesAsync(inputs, soffice, cancellation).ConfigureAwait(false) };
        }

        foreach (FormKind kind in kinds)
        {
            string docx = Path.Combine(folder, kind.FileName() + ".docx");
            await File.WriteAllBytesAsync(docx, FormWriter.Write(kind, withPages), cancellation).ConfigureAwait(false);
            written.Add(docx);
            if (soffice is not null)
            {
                written.Add(await soffice.ToPdfAsync(docx, cancellation).ConfigureAwait(false));
            }
        }

        return written;
    }

    private static async Task<IReadOnlyDictionary<string, int>?> PagesAsync(FormInputs inputs, SofficeProgram soffice, CancellationToken cancellation)
    {
        string scratch = Directory.CreateTempSubdirectory("edgeagent-report-").FullName;
        try
        {
            string docx = Path.Combine(scratch, "report.docx");
            await File.WriteAllBytesAsync(docx, FormWriter.Write(FormKind.Summary, inputs), cancellation).ConfigureAwait(false);
            return await PageFinder.FindAsync(await soffice.ToPdfAsync(docx, cancellation).ConfigureAwait(false), inputs.Result, cancellation).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }
}
