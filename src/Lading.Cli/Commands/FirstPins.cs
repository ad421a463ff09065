using Lading.Bases;
using Lading.Configuration;
using Lading.Context;
using Lading.Fingerprints;
using Lading.Projects;

namespace Lading.Cli.Commands;

/// <summary>The pins that <c>init</c> made.</summary>
/// <param name="Pinned">References, in byte order.</param>
/// <param name="Unpinned">Those that have none: reference, and why; null if nobody was asked.</param>
internal sealed record FirstPins(IReadOnlyList<string> Pinned, IReadOnlyList<(string Reference, string? Why)> Unpinned)
{
    /// <summary>Nobody waits long for a first look round.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Pins what can be reached in a short time. What cannot, or is not understood, never fails the rest.</summary>
    /// <param name="invocation">The run.</param>
    /// <param name="folder">The folder of <c>lading.json</c>.</param>
    /// <param name="configuration">What it says.</param>
    /// <param name="isAsking">False if no registry is asked.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<FirstPins> MakeAsync(
        Invocation invocation,
        string folder,
        LadingConfiguration configuration,
        bool isAsking,
        CancellationToken cancellationToken
    )
    {
        ProjectBases bases;
        try
        {
            var pins = await BasePinsFile.ReadAsync(folder, OwnFiles.BasePins, cancellationToken).ConfigureAwait(false);
            bases = ProjectBases.Read(folder, configuration, pins);
        }
        catch (LadingException failure)
        {
            return new FirstPins([], [("bases", failure.Message)]);
        }

        // What a variable stands for, a note about the Dockerfile says better.
        var unpinned = bases.Uses.Where(use => use.Digest is null && use.KnownState != BaseState.Variable).ToList();
        var able = unpinned
            .Where(use => use.KnownState is null)
            // A reference with a digest is looked at as well: for ONBUILD, and for the variables that it sets.
            .Concat(bases.Uses.Where(use => use is { KnownState: BaseState.Fixed, NeedsNoPin: false, Pin: null }))
            .ToList();
        if (!isAsking || able.Count == 0)
        {
            return new FirstPins([], [.. unpinned.Select(use => (use.Reference, (string?)null))]);
        }

        var project = new Project(
            new ProjectFolder(folder, configuration),
            configuration.GetEnvironment(EnvironmentDefinition.LocalName)
        );
        using var registries = invocation.OpenRegistries(project);
        var resolved = await new BaseSurvey(registries, invocation.Host.Time, Limit)
            .ResolveAsync(able, _ => null, cancellationToken)
            .ConfigureAwait(false);
        var made = resolved.Where(each => each.Pin is not null).ToList();
        var changed = made.Select(each => KeyValuePair.Create(each.Use.Reference, each.Pin!));
        await BasePinsFile
            .WriteAsync(folder, OwnFiles.BasePins, bases.Pins.With(changed), cancellationToken)
            .ConfigureAwait(false);
        return new FirstPins(
            [.. made.Select(each => each.Use.Reference)],
            [
                .. unpinned
                    .Where(use => !made.Exists(each => each.Use == use))
                    .Select(use =>
                        (use.Reference, resolved.FirstOrDefault(each => each.Use == use)?.Failure?.CameBack)
                    ),
            ]
        );
    }
}
