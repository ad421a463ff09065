using Lading.Bases;
using Lading.Configuration;
using Lading.Context;
using Lading.Projects;

namespace Lading.Diagnosis.Checkout;

/// <summary>Whether base images are pinned.</summary>
internal sealed class BasesCheck(ExaminedMachine machine) : ProjectCheck(DoctorCheck.Bases, machine)
{
    private const int MaxNames = 3;

    /// <param name="uses">The bases of the images.</param>
    public static HealthFinding Decide(IReadOnlyList<BaseDependency> uses)
    {
        var open = uses.Where(IsUnpinned).Select(use => use.Reference).ToList();
        return open.Count == 0
            ? HealthFinding.Fine($"{uses.Count} {(uses.Count == 1 ? "base" : "bases")}, all pinned")
            : HealthFinding.Warning(
                $"{Listing.Of(open, MaxNames)} {(open.Count == 1 ? "is" : "are")} unpinned: two builds of one commit may differ, and an update goes unnoticed",
                "lading bases update"
            );
    }

    protected override async Task<IReadOnlyList<HealthFinding>> LookAsync(
        Project project,
        CancellationToken cancellationToken
    )
    {
        var folder = project.Folder.Path;
        var pins = await BasePinsFile.ReadAsync(folder, OwnFiles.BasePins, cancellationToken).ConfigureAwait(false);
        return [Decide(ProjectBases.Read(folder, project.Configuration, pins).Uses)];
    }

    /// <summary>A base that only the local engine has, or knows, has no digest to pin.</summary>
    private static bool IsUnpinned(BaseDependency use) => use is { Digest: null, KnownState: null };
}
