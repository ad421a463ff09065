namespace Lading.Diagnosis.Checkout;

/// <summary>Whether <c>lading.json</c> and <c>lading.bases.json</c> can be read.</summary>
internal sealed class ConfigurationCheck(ExaminedMachine machine) : IHealthCheck
{
    public string Name => DoctorCheck.Configuration;

    public async Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken)
    {
        if (machine.Project is not { } project)
        {
            return [machine.Configuration is null ? NoProject(machine) : Decide(machine.ProjectFailure!)];
        }

        try
        {
            _ = await Configuration
                .BasePinsFile.ReadAsync(project.Folder.Path, Context.OwnFiles.BasePins, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (LadingException e)
        {
            return [Decide(e)];
        }

        var images = project.Configuration.Images.Count;
        return
        [
            HealthFinding.Fine(
                $"{machine.Configuration!.DisplayPath} defines {images} {(images == 1 ? "image" : "images")}"
            ),
        ];
    }

    /// <param name="failure">Why a file could not be read: each mistake on its own line.</param>
    public static HealthFinding Decide(LadingException failure) =>
        HealthFinding.Broken(
            $"{failure.Attempted}: {string.Join("; ", failure.CameBack.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))}",
            failure.Remedy
        );

    /// <summary>The finding of every project check outside of a project.</summary>
    public static HealthFinding NoProject(ExaminedMachine machine) =>
        HealthFinding.Unknown(
            $"there is no lading.json in {machine.Caller.WorkingDirectory} or in a folder above",
            "lading init"
        );
}
