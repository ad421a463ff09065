using System.Globalization;
using System.Text.Json;
using Lading.Configuration;
using Lading.Oci;
using Lading.Shipping;

namespace Lading.Bases;

/// <summary>The contents of a base's image configurations.</summary>
/// <param name="OnBuild">Whether one of them has <c>ONBUILD</c> instructions; null if none could be read.</param>
/// <param name="Created">When the first of them was created; null if it has no date.</param>
internal sealed record BaseContents(bool? OnBuild, DateTimeOffset? Created)
{
    /// <summary>
    /// All environment variables that at least one of them sets; the value is null if it differs between them or looks
    /// like a credential. Null if no configuration could be read.
    /// </summary>
    public IReadOnlyDictionary<string, string?>? Env { get; init; }

    /// <summary>
    /// The platforms of build machines: stages that run on the build machine use its platform, whatever platform the
    /// image is for.
    /// </summary>
    private static readonly Platform[] BuildPlatforms = [Platform.LinuxAmd64, Platform.LinuxArm64];

    /// <summary>Reads the configurations for the relevant platforms; null if the manifest does not exist.</summary>
    /// <param name="repository">The repository of the base.</param>
    /// <param name="digest">Its manifest or index.</param>
    /// <param name="platforms">The platforms that are built on it; empty if it is mirrored.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task<BaseContents?> FindAsync(
        IReadableRepository repository,
        Digest digest,
        IReadOnlyList<Platform> platforms,
        CancellationToken cancellationToken
    )
    {
        var manifest = await repository.FindManifestContentAsync(digest, cancellationToken).ConfigureAwait(false);
        if (manifest is null)
        {
            return null;
        }

        var configurations = await Task.WhenAll(
                Chosen(manifest, platforms).Select(child => ReadAsync(repository, child, manifest, cancellationToken))
            )
            .ConfigureAwait(false);
        var read = configurations.OfType<ImageConfiguration>().ToList();
        return new BaseContents(
            read.Count == 0 ? null : read.Exists(each => each.Config?.OnBuild is { Count: > 0 }),
            TimeOf(read.FirstOrDefault()?.Created)
        )
        {
            Env = read.Count == 0 ? null : EnvOf(read),
        };
    }

    private static SortedDictionary<string, string?> EnvOf(IReadOnlyList<ImageConfiguration> configurations)
    {
        var maps = configurations
            .Select(each =>
                (each.Config?.Env ?? [])
                    .Select(entry => entry.Split('=', 2))
                    .GroupBy(pair => pair[0], StringComparer.Ordinal)
                    .ToDictionary(
                        group => group.Key,
                        group => group.Last() is [_, var value] ? value : "",
                        StringComparer.Ordinal
                    )
            )
            .ToList();
        var env = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (var name in maps.SelectMany(map => map.Keys))
        {
            var values = maps.Select(map => map.GetValueOrDefault(name)).Distinct(StringComparer.Ordinal).ToList();
            env[name] = values is [{ } value] && !CredentialShape.IsIn(name, value) ? value : null;
        }

        return env;
    }

    private static IReadOnlyList<Digest> Chosen(ManifestContent manifest, IReadOnlyList<Platform> platforms)
    {
        if (!manifest.IsIndex)
        {
            return [manifest.Digest];
        }

        var chosen = platforms
            .Concat(platforms.Count == 0 ? [] : BuildPlatforms)
            .Select(platform => PlatformChoice.Find(manifest.Children, platform))
            .OfType<Descriptor>()
            .Select(child => child.Digest)
            .Distinct()
            .ToList();
        return chosen.Count > 0 ? chosen : [.. manifest.Children.Where(IsImage).Take(1).Select(child => child.Digest)];
    }

    private static bool IsImage(Descriptor child) => child.Platform is { Os: not ("" or "unknown") };

    private static async Task<ImageConfiguration?> ReadAsync(
        IReadableRepository repository,
        Digest digest,
        ManifestContent root,
        CancellationToken cancellationToken
    )
    {
        var manifest =
            digest == root.Digest
                ? root
                : await repository.FindManifestContentAsync(digest, cancellationToken).ConfigureAwait(false);
        if (manifest?.Document.Config is not { } config)
        {
            return null;
        }

        var bytes = await repository.ReadBlobAsync(config, cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize(bytes, OciJson.Default.ImageConfiguration);
        }
        catch (JsonException)
        {
            // The configuration of something other than an image.
            return null;
        }
    }

    /// <summary>Reproducible images have the date 1970 or 1980, which says nothing about their age.</summary>
    private static DateTimeOffset? TimeOf(string? created) =>
        DateTimeOffset.TryParse(created, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        && time.Year > 1980
            ? time
            : null;
}
