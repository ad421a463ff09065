namespace Lading.Diagnosis.Checkout;

/// <summary>Whether <c>lading.json</c> and <c>lading.bases.json</c> can be read.</summary>
internal sealed class ConfigurationCheck(ExaminedMachine machine) : IHealthCheck
{
    public string Name => DoctorCheck.Configuration;

    public async Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken)
    {
        if (machine.Project is not { } project)
        {
            return [Decide(machine.Configuration is not null, machine.ProjectFailure!)];
        }

        try
        {
            _ = await Configuration
                .BasePinsFile.ReadAsync(project.Folder.Path, Context.OwnFiles.BasePins, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (LadingException e)
        {
            return [Decide(isThere: true, e)];
        }

        var images = project.Configuration.Images.Count;
        return
        [
            HealthFinding.Fine(
                $"{machine.Configuration!.DisplayPath} defines {images} {(images == 1 ? "image" : "images")}"
            ),
        ];
    }

    /// <param name="isThere">Whether there is a file.</param>
    /// <param name="failure">Why it could not be read.</param>
    public static HealthFinding Decide(bool isThere, LadingException failure) =>
        isThere
            ? HealthFinding.Broken(
                $"{failure.Attempted}: {string.Join("; ", failure.CameBack.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))}",
                failure.Remedy
            )
            : NoProject(failure);

    /// <summary>What every check of a project says outside of one.</summary>
    public static HealthFinding NoProject(LadingException failure) =>
        HealthFinding.Unknown($"no project: {failure.CameBack}", "lading init");
}
