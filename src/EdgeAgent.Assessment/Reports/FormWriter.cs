using EdgeAgent.Assessment.Reports.Forms;

namespace EdgeAgent.Assessment.Reports;

/// <summary>Fills the acceptance forms from an assessment. The same inputs give the same bytes.</summary>
public static class FormWriter
{
    /// <summary>One form as DOCX.</summary>
    /// <exception cref="FormBlockedException">The form cannot be filled, for instance because N is 0.</exception>
    public static byte[] Write(FormKind kind, FormInputs inputs)
    {
        if (inputs.Blocked is { } reason)
        {
            throw new FormBlockedException(reason);
        }

        return kind switch
        {
            FormKind.Application => ApplicationForm.Write(inputs),
            FormKind.Summary => SummaryReport.Write(inputs),
            FormKind.SelfAssessment => SelfAssessmentForm.Write(inputs),
            FormKind.OnePage => OnePageSummary.Write(inputs),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such form."),
        };
    }
}
