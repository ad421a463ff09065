namespace Lading.Server.Uploads;

/// <summary>There are as many uploads under way as there may be.</summary>
internal sealed class TooManyUploadsException(int most)
    : Exception($"{most} uploads are under way, which is as many as there may be");
