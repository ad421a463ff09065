using Lading.Checking;
using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Locks;
using Lading.Projects;

namespace Lading.Diagnosis.Checkout;

/// <summary>Whether the locks on this machine match HEAD.</summary>
/// <param name="machine">The machine.</param>
/// <param name="environments">The environments whose locks are checked.</param>
/// <param name="random">Generates the name of a temporary folder.</param>
internal sealed class LockCheck(ExaminedMachine machine, IReadOnlyList<string> environments, Random random)
    : ProjectCheck(DoctorCheck.Lock, machine)
{
    /// <param name="environment">The environment.</param>
    /// <param name="locked">Its lock; null if it has none.</param>
    /// <param name="head">The images at HEAD.</param>
    public static HealthFinding Decide(EnvironmentDefinition environment, ImageLock? locked, HeadImages head)
    {
        if (locked is null)
        {
            return HealthFinding.Fine($"{environment.Name} has no lock yet");
        }

        if (head.Failure is { } failure)
        {
            return HealthFinding.Unknown($"the images of HEAD are not known: {failure.CameBack}", failure.Remedy);
        }

        var stale = locked
            .Images.Where(image => !Matches(image.Value, head.Images.GetValueOrDefault(image.Key)))
            .Select(image => image.Key)
            .ToList();
        return stale.Count == 0
            ? HealthFinding.Fine($"the lock of {environment.Name} matches HEAD")
            : HealthFinding.Warning(
                $"the lock of {environment.Name} does not match HEAD: {string.Join(", ", stale)}",
                $"lading publish --env {environment.Name}, or lading resolve --env {environment.Name}"
            );
    }

    private static bool Matches(LockedImage locked, ImageIdentity? atHead) =>
        LockComparison.Of(locked, atHead?.Fingerprint.Hex) == LockFreshness.Current;

    protected override async Task<IReadOnlyList<HealthFinding>> LookAsync(
        Project project,
        CancellationToken cancellationToken
    )
    {
        var findings = new List<HealthFinding>();
        var locks = new List<(EnvironmentDefinition Environment, ImageLock Lock)>();
        foreach (var name in environments)
        {
            var environment = project.Configuration.GetEnvironment(name);
            try
            {
                if (LockFile.Find(project.In(name).LockPath) is { } found)
                {
                    locks.Add((environment, found));
                }
                else
                {
                    findings.Add(Decide(environment, null, HeadImages.Of([])));
                }
            }
            catch (LadingException e)
            {
                findings.Add(HealthFinding.Broken(e));
            }
        }

        if (locks.Count == 0)
        {
            return findings;
        }

        using var folder = WorkFolder.Create(project, Machine.Time, random);
        var head = await HeadImages
            .ReadAsync(
                project.Folder,
                new SnapshotRequest([]) { TellsChanges = false, IsForReading = true },
                folder.Path,
                [],
                cancellationToken
            )
            .ConfigureAwait(false);
        findings.AddRange(locks.Select(each => Decide(each.Environment, each.Lock, head)));
        return findings;
    }
}
