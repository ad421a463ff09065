namespace Lading.Retention;

/// <summary>What a team wants kept, whether or not it is in use.</summary>
internal sealed record RetentionPolicy
{
    /// <summary>How many of the last releases of each environment one can go back to.</summary>
    public int Releases { get; init; } = 10;

    /// <summary>For how long everything that was pushed is kept.</summary>
    public TimeSpan Recent { get; init; } = TimeSpan.FromDays(30);

    /// <summary>For how long a pull keeps an image: somebody whom nobody saw uses it.</summary>
    public TimeSpan Pulled { get; init; } = TimeSpan.FromDays(30);

    /// <summary>For how long what is marked waits for its deletion.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Patterns of tags that are kept for ever.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>Repositories beyond those of the project that may be cleaned up too, each named by <c>--all</c>.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];
}
