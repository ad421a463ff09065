namespace Lading.Diagnosis;

/// <summary>The results of all checks.</summary>
/// <param name="Results">One for each requested check, in the order of <see cref="DoctorCheck.Names"/>.</param>
/// <param name="Took">Their total duration.</param>
internal sealed record HealthReport(IReadOnlyList<HealthResult> Results, TimeSpan Took)
{
    /// <summary>What was removed, in the words of the check that found it; null if removal was not requested.</summary>
    public IReadOnlyList<string>? Removed { get; init; }

    /// <summary>Whether something does not work.</summary>
    public bool IsBroken => Results.Any(result => result.Severity == Severity.Broken);

    /// <summary>Everything that is not ok, the worst first.</summary>
    public IEnumerable<(HealthResult Result, HealthFinding Finding)> Problems =>
        Results
            .SelectMany(result => result.Findings.Select(finding => (Result: result, Finding: finding)))
            .Where(each => each.Finding.Severity != Severity.Fine)
            .OrderBy(each => each.Finding.Severity);
}

/// <summary>The result of one check.</summary>
/// <param name="Check">Its name.</param>
/// <param name="Environment">The environment that it checked; null for the machine or the project.</param>
/// <param name="Findings">At least one, the worst first.</param>
internal sealed record HealthResult(string Check, string? Environment, IReadOnlyList<HealthFinding> Findings)
{
    /// <summary>The severity of the worst finding.</summary>
    public Severity Severity => Findings[0].Severity;
}
