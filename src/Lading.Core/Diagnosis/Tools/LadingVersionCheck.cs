using Lading.Configuration;

namespace Lading.Diagnosis.Tools;

/// <summary>Whether this program is as new as <c>lading.json</c> requires.</summary>
internal sealed class LadingVersionCheck(ExaminedMachine machine) : IHealthCheck
{
    public string Name => DoctorCheck.LadingVersion;

    public Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken)
    {
        // Without the strict reader, which rejects a newer file for other reasons too.
        var required = machine.Configuration is { } file ? ExaminedApp.ReadJson(file.Path)?.FindText("lading") : null;
        return Task.FromResult<IReadOnlyList<HealthFinding>>([Decide(required, InstalledProgram.Current)]);
    }

    /// <param name="required">The value of <c>"lading"</c> in <c>lading.json</c>; null if there is none.</param>
    /// <param name="program">This program.</param>
    public static HealthFinding Decide(string? required, InstalledProgram program) =>
        required is null || !RequiredVersion.TryParse(required, out var version) || version!.IsMetBy(program.Version)
            ? HealthFinding.Fine($"lading {program.Number}")
            : HealthFinding.Broken(
                $"lading.json wants lading {required}, and this is {program.Number} in {program.Path}",
                program.Update
            );
}
