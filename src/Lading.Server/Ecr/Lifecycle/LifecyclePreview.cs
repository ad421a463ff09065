namespace Lading.Server.Ecr.Lifecycle;

/// <summary>What a policy would have done at a moment.</summary>
internal sealed record LifecyclePreview(string Text, IReadOnlyList<LifecycleResult> Results, DateTimeOffset At)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    public string StatusAt(DateTimeOffset now) => now - At > Lifetime ? "EXPIRED" : "COMPLETE";
}
