using Lading.Layout;
using Lading.Testing;

namespace Lading.Tests.Layout;

public sealed class TakingTheLock : IDisposable
{
    private readonly TestFolder folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_second_waits_for_the_first()
    {
        var path = folder.Combine(".lock");
        var first = await FolderLock.TakeAsync(path, Cancelled);
        var second = FolderLock.TakeAsync(path, Cancelled);
        await Task.Delay(50, Cancelled);
        Assert.False(second.IsCompleted);
        first.Dispose();
        (await second).Dispose();
    }

    [Fact]
    public async Task A_failure_other_than_a_held_lock_is_reported_at_once()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights on Windows.");
        // Any system error without an exception type of its own: too many links here, but no space left or a read-only
        // disk would do as well.
        File.CreateSymbolicLink(folder.Combine(".lock"), folder.Combine(".lock"));
        var start = TimeProvider.System.GetTimestamp();

        var failure = await Assert.ThrowsAsync<LadingException>(() =>
            FolderLock.TakeAsync(folder.Combine(".lock"), Cancelled)
        );

        Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(10));
        Assert.Contains("Could not write in", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("another process", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x80070020, true)] // ERROR_SHARING_VIOLATION
    [InlineData(0x80070021, true)] // ERROR_LOCK_VIOLATION
    [InlineData(0x80070070, false)] // ERROR_DISK_FULL
    [InlineData(0x80070013, false)] // ERROR_WRITE_PROTECT
    public void On_Windows_a_held_lock_is_recognized_by_its_own_errors(uint number, bool isHeld) =>
        Assert.Equal(isHeld, FolderLock.IsHeldByAnother(unchecked((int)number), isWindows: true));
}
