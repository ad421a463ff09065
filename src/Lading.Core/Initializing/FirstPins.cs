using Lading.Bases;
using Lading.Configuration;
using Lading.Context;
using Lading.Shipping;

namespace Lading.Initializing;

/// <summary>The pins that <c>init</c> added.</summary>
/// <param name="Pinned">References, in byte order.</param>
/// <param name="Unpinned">The unpinned references, and why; null if no registry was queried.</param>
internal sealed record FirstPins(IReadOnlyList<string> Pinned, IReadOnlyList<(string Reference, string? Why)> Unpinned)
{
    /// <summary>The first command that a user runs must not take long.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Pins the bases whose registries answer quickly. An unreachable or invalid one does not affect the others.
    /// </summary>
    /// <param name="workspace">The project.</param>
    /// <param name="isAsking">False to query no registry.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task<FirstPins> MakeAsync(
        Workspace workspace,
        bool isAsking,
        CancellationToken cancellationToken
    )
    {
        ProjectBases bases;
        var folder = workspace.Project.Folder.Path;
        try
        {
            var pins = await BasePinsFile.ReadAsync(folder, OwnFiles.BasePins, cancellationToken).ConfigureAwait(false);
            bases = ProjectBases.Read(folder, workspace.Project.Configuration, pins);
        }
        catch (LadingException failure)
        {
            return new FirstPins([], [("bases", failure.Message)]);
        }

        // Bases with variables are left to a note about the Dockerfile, which explains them better.
        var unpinned = bases.Uses.Where(use => use.Digest is null && use.KnownState != BaseState.Variable).ToList();
        var pinnable = unpinned
            .Where(use => use.KnownState is null)
            // A reference with a digest is read as well, for ONBUILD and the variables it sets.
            .Concat(bases.Uses.Where(use => use is { KnownState: BaseState.Fixed, NeedsNoPin: false, Pin: null }))
            .ToList();
        if (!isAsking || pinnable.Count == 0)
        {
            return new FirstPins([], [.. unpinned.Select(use => (use.Reference, (string?)null))]);
        }

        var resolved = await new BaseSurvey(workspace.Registries, workspace.Time, Limit)
            .ResolveAsync(pinnable, _ => null, cancellationToken)
            .ConfigureAwait(false);
        var pinned = resolved.Where(each => each.Pin is not null).ToList();
        var changed = pinned.Select(each => KeyValuePair.Create(each.Use.Reference, each.Pin!));
        await BasePinsFile
            .WriteAsync(folder, OwnFiles.BasePins, bases.Pins.With(changed), cancellationToken)
            .ConfigureAwait(false);
        return new FirstPins(
            [.. pinned.Select(each => each.Use.Reference)],
            [
                .. unpinned
                    .Where(use => !pinned.Exists(each => each.Use == use))
                    .Select(use =>
                        (use.Reference, resolved.FirstOrDefault(each => each.Use == use)?.Failure?.CameBack)
                    ),
            ]
        );
    }
}
