namespace Lading.Diagnosis;

/// <summary>What all checks found.</summary>
/// <param name="Results">Each check once, in the order of <see cref="DoctorCheck"/>'s checks as they were asked for.</param>
/// <param name="Took">How long all of it took.</param>
internal sealed record HealthReport(IReadOnlyList<HealthResult> Results, TimeSpan Took)
{
    /// <summary>What was removed, in the words of the check that found it; null if nothing was to be removed.</summary>
    public IReadOnlyList<string>? Removed { get; init; }

    /// <summary>Whether something is broken.</summary>
    public bool IsBroken => Results.Any(result => result.Severity == Severity.Broken);

    /// <summary>The checks that found nothing.</summary>
    public int Passed => Results.Count(result => result.Severity == Severity.Fine);

    /// <summary>What is not as it should be, the worst first.</summary>
    public IEnumerable<(HealthResult Result, HealthFinding Finding)> Problems =>
        Results
            .SelectMany(result => result.Findings.Select(finding => (Result: result, Finding: finding)))
            .Where(each => each.Finding.Severity != Severity.Fine)
            .OrderBy(each => each.Finding.Severity);
}

/// <summary>What one check found.</summary>
/// <param name="Check">Its name.</param>
/// <param name="Environment">The environment that it looked at; null for the machine or the project.</param>
/// <param name="Findings">At least one, the worst first.</param>
internal sealed record HealthResult(string Check, string? Environment, IReadOnlyList<HealthFinding> Findings)
{
    /// <summary>That of the worst finding.</summary>
    public Severity Severity => Findings[0].Severity;
}
