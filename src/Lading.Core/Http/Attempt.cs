namespace Lading.Http;

/// <summary>What an attempt came to: a value, or a failure that may pass.</summary>
internal readonly record struct Attempt<T>(T? Value, FailedAttempt? Failed)
{
    public static implicit operator Attempt<T>(FailedAttempt failed) => new(default, failed);
}
