using Lading.Configuration;

namespace Lading.Retention;

/// <summary>What a team wants kept, whether or not it is in use.</summary>
internal sealed record RetentionPolicy
{
    /// <summary>How many of the last releases of each stack of each environment are kept, the present one among them.</summary>
    public int Releases { get; init; } = 10;

    /// <summary>For how long everything that was pushed or released is kept.</summary>
    public TimeSpan Recent { get; init; } = TimeSpan.FromDays(30);

    /// <summary>For how long a pull keeps an image: somebody whom nobody saw uses it.</summary>
    public TimeSpan Pulled { get; init; } = TimeSpan.FromDays(30);

    /// <summary>For how long what is marked waits for its deletion.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Patterns of tags that are always kept; <c>*</c> is any text.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>What <c>lading keep</c> keeps, each until its day.</summary>
    public IReadOnlyList<KeptImage> Kept { get; init; } = [];

    /// <summary>What is known to be unknown, and accepted until a day.</summary>
    public IReadOnlyList<RetentionException> Exceptions { get; init; } = [];

    /// <summary>Repositories in which images that are not Lading's may go too, each named by <c>--all</c>; <c>*</c> is any text.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>The policy that <c>lading.json</c> states.</summary>
    /// <param name="settings">Its <c>retention</c>.</param>
    /// <param name="others">The repositories that <c>--all</c> names.</param>
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
