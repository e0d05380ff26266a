namespace EdgeAgent.Assessment.Reports;

/// <summary>A form cannot be filled; says why and what to do.</summary>
public sealed class FormBlockedException(string message) : Exception(message);
