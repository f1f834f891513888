class Lantern < Formula
  desc "Counts the lines, words and bytes of a text and draws it as a small signal"
  homepage "https://github.com/lantern-demo/lantern"
  version "@version@"
  license "MIT"

  on_macos do
    if Hardware::CPU.arm?
      url "https://github.com/lantern-demo/lantern/releases/download/v@version@/lantern_@version@_darwin_arm64.tar.gz"
      sha256 "@sha256.darwin_arm64@"
    else
      url "https://github.com/lantern-demo/lantern/releases/download/v@version@/lantern_@version@_darwin_amd64.tar.gz"
      sha256 "@sha256.darwin_amd64@"
    end
  end

  on_linux do
    depends_on arch: :x86_64
    url "https://github.com/lantern-demo/lantern/releases/download/v@version@/lantern_@version@_linux_amd64.tar.gz"
    sha256 "@sha256.linux_amd64@"
  end

  def install
    bin.install "bin/lantern"
    include.install "include/lantern.h"
    if OS.mac?
      lib.install "lib/liblantern_native.dylib"
    else
      lib.install "lib/liblantern_native.so"
    end
    (lib/"pkgconfig").install "lib/pkgconfig/lantern.pc"
  end

  test do
    assert_match "lantern #{version}", shell_output("#{bin}/lantern --version")
  end
end
