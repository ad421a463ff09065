namespace Lading.Registry.Transport;

/// <summary>An answer that is larger than anything of its kind: asking again would not make it smaller.</summary>
internal sealed class AnswerTooLargeException(int limit) : Exception($"the answer is larger than {limit} bytes");
