using Lading.Configuration;

namespace Lading.Retention;

/// <summary>What a team keeps, in use or not.</summary>
internal sealed record RetentionPolicy
{
    /// <summary>How many of the last releases of each stack of each environment are kept, including the current one.</summary>
    public int Releases { get; init; } = 10;

    /// <summary>How long everything that was pushed or released is kept.</summary>
    public TimeSpan Recent { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long a pull keeps an image, since it may have an unknown user.</summary>
    public TimeSpan Pulled { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long a marked image waits for its deletion.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Patterns of tags that are always kept; <c>*</c> matches any text.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>The entries of <c>lading keep</c>, each until its last day.</summary>
    public IReadOnlyList<KeptImage> Kept { get; init; } = [];

    /// <summary>Known gaps in the evidence, accepted until a day.</summary>
    public IReadOnlyList<RetentionException> Exceptions { get; init; } = [];

    /// <summary>Repositories in which images that are not Lading's may be deleted too, from <c>--all</c>; <c>*</c> matches any text.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>The policy in <c>lading.json</c>.</summary>
    /// <param name="settings">Its <c>retention</c>.</param>
    /// <param name="others">The repositories in <c>--all</c>.</param>
    public static RetentionPolicy Of(RetentionSettings settings, params IReadOnlyList<string> others) =>
        new()
        {
            Releases = settings.Releases,
            Recent = TimeSpan.FromDays(settings.Days),
            Pulled = TimeSpan.FromDays(settings.PulledDays),
            Grace = TimeSpan.FromDays(settings.GraceDays),
            Keep = settings.KeepTags,
            Kept = settings.Keep,
            Exceptions = settings.Exceptions,
            Others = others,
        };
}
