namespace Lading.Aws.Running;

/// <summary>Awaits tasks with results of different types; if one fails, the others are still awaited.</summary>
internal static class ConcurrentTasks
{
    public static async Task<(T1 First, T2 Second)> AwaitAsync<T1, T2>(Task<T1> first, Task<T2> second)
    {
        await Task.WhenAll(first, second).ConfigureAwait(false);
        return (await first.ConfigureAwait(false), await second.ConfigureAwait(false));
    }

    public static async Task<(T1 First, T2 Second, T3 Third)> AwaitAsync<T1, T2, T3>(
        Task<T1> first,
        Task<T2> second,
        Task<T3> third
    )
    {
        await Task.WhenAll(first, second, third).ConfigureAwait(false);
        return (
            await first.ConfigureAwait(false),
            await second.ConfigureAwait(false),
            await third.ConfigureAwait(false)
        );
    }
}
