# frozen_string_literal: true

# Evaluates a Homebrew formula for one platform with a small stand-in for Homebrew's DSL, and prints as JSON what brew
# would download and what its install method asks of the unpacked archive. Nothing is downloaded, and no command is run.
#
#   ruby formula-evaluation.rb FORMULA macos|linux arm|intel [UNPACKED]
#
# With UNPACKED, install runs there: a file that is not there is reported. Sources of the names: Homebrew's Formula
# Cookbook and the documentation of Formula, OnSystem, Hardware::CPU and OS.

require "json"
require "pathname"
require "fileutils"
require "tmpdir"

FORMULA_FILE, SYSTEM, CPU, UNPACKED = ARGV
REPORT = { "version" => nil, "url" => nil, "sha256" => nil, "archs" => [], "installed" => [], "missing" => [], "error" => nil }

# Takes every call and answers with itself: what a formula says about other things than the release.
class Anything < BasicObject
  def method_missing(*) = self
  def respond_to_missing?(*) = true
  def to_s = ""
  def to_str = ""
  def to_ary = []
  def !() = true
end

# What brew was asked to build: the released version, without options.
class Build
  def stable? = true
  def method_missing(name, *) = name.end_with?("?") ? false : Anything.new
  def respond_to_missing?(*) = true
end

module OS
  def self.mac? = SYSTEM == "macos"
  def self.linux? = SYSTEM == "linux"
  def self.kernel_name = mac? ? "Darwin" : "Linux"
  Mac = Anything.new
end

module Hardware
  class CPU
    def self.arm? = ::CPU == "arm"
    def self.intel? = ::CPU == "intel"
    def self.arm64? = arm?
    def self.is_64_bit? = true
    def self.physical_cpu_arm64? = arm?
    def self.type = ::CPU.to_sym
    def self.arch = arm? ? :arm64 : :x86_64
  end
end

MacOS = Anything.new
HOMEBREW_PREFIX = Pathname.new(Dir.tmpdir)

class Pathname
  # As Homebrew's: takes files, lists of files, and renamings.
  def install(*sources)
    sources.flatten.each do |source|
      source.is_a?(Hash) ? source.each { |from, to| take(from, to) } : take(source, File.basename(source.to_s))
    end
  end

  def install_symlink(*sources)
    sources.flatten.each do |source|
      source.is_a?(Hash) ? source.each_value { |to| REPORT["installed"] << (self / to).to_s } : REPORT["installed"] << (self / File.basename(source.to_s)).to_s
    end
  end

  def write_exec_script(*targets) = targets.flatten.each { |target| REPORT["installed"] << (self / File.basename(target.to_s)).to_s }
  def write_env_script(target, *) = write_exec_script(target)
  def env_script_all_files(*) = nil
  def atomic_write(*) = nil

  private

  def take(from, to)
    if File.exist?(from.to_s)
      REPORT["installed"] << (self / to.to_s).to_s
    else
      REPORT["missing"] << from.to_s
    end
  end
end

class Version < String
  def major = self.class.new(split(".")[0].to_s)
  def minor = self.class.new(split(".")[1].to_s)
  def patch = self.class.new(split(".")[2].to_s)
  def major_minor = self.class.new(split(".")[0, 2].join("."))
  def major_minor_patch = self.class.new(split(".")[0, 3].join("."))
  def dots_to_underscores = tr(".", "_")
end

class Formula
  class << self
    def inherited(child)
      super
      @formula = child
    end

    attr_reader :formula

    def url(address = nil, **) = address ? REPORT["url"] = address : REPORT["url"]
    def sha256(digest = nil, **) = digest ? REPORT["sha256"] = digest : REPORT["sha256"]

    def version(text = nil)
      REPORT["version"] = text.to_s if text
      Version.new(REPORT["version"] || REPORT["url"].to_s[%r{/v?(\d+\.\d+\.\d+[^/]*)/}, 1].to_s)
    end

    def depends_on(what = nil, *)
      return unless what.is_a?(Hash) && what.key?(:arch)

      REPORT["archs"] = Array(what[:arch]).map(&:to_s)
    end

    def stable(&block) = block ? class_eval(&block) : self
    def on_macos(&block) = OS.mac? ? class_eval(&block) : nil
    def on_linux(&block) = OS.linux? ? class_eval(&block) : nil
    def on_arm(&block) = Hardware::CPU.arm? ? class_eval(&block) : nil
    def on_intel(&block) = Hardware::CPU.intel? ? class_eval(&block) : nil

    def on_system(*systems, **, &block)
      wanted = systems.map(&:to_s).any? { |system| system == SYSTEM || (OS.mac? && system.start_with?("macos")) }
      class_eval(&block) if wanted || (OS.mac? && systems.last.is_a?(Hash))
    end

    def on_arch_conditional(arm: nil, intel: nil) = Hardware::CPU.arm? ? arm : intel
    def on_system_conditional(macos: nil, linux: nil) = OS.mac? ? macos : linux

    # Other sources and other people's words; their blocks are not run.
    def method_missing(*, **) = Anything.new
    def respond_to_missing?(*) = true
    %i[test desc license].each { |name| define_method(name) { |*, **| nil } }
  end

  PREFIX = Pathname.new("prefix")
  { bin: "bin", sbin: "sbin", lib: "lib", include: "include", libexec: "libexec", share: "share", pkgshare: "share/it",
    doc: "share/doc/it", man: "share/man", man1: "share/man/man1", man3: "share/man/man3", man5: "share/man/man5",
    man7: "share/man/man7", man8: "share/man/man8", etc: "etc", var: "var", frameworks: "Frameworks",
    bash_completion: "etc/bash_completion.d", zsh_completion: "share/zsh/site-functions",
    fish_completion: "share/fish/vendor_completions.d", elisp: "share/emacs/site-lisp/it", buildpath: nil }.each do |name, path|
    define_method(name) { path ? PREFIX / path : Pathname.pwd }
  end
  def prefix = PREFIX
  def opt_prefix = PREFIX
  def opt_bin = PREFIX / "bin"
  def opt_lib = PREFIX / "lib"
  def name = File.basename(FORMULA_FILE, ".rb")
  def version = self.class.version
  def build = Build.new
  def on_macos = OS.mac? ? yield : nil
  def on_linux = OS.linux? ? yield : nil
  def on_arm = Hardware::CPU.arm? ? yield : nil
  def on_intel = Hardware::CPU.intel? ? yield : nil

  # Commands are not run: what they would make is not known, and what they need may not be here.
  %i[system safe_system quiet_system shell_output ohai opoo odie inreplace generate_completions_from_executable resource
     std_cargo_args std_cmake_args rm rm_f rm_r rm_rf mv cp cp_r mkdir mkdir_p ln_s touch chmod chmod_R].each do |name|
    define_method(name) { |*, **| Anything.new }
  end
  def `(*) = ""
end

begin
  load FORMULA_FILE
  formula = Formula.formula
  raise "#{FORMULA_FILE} declares no formula" unless formula

  REPORT["version"] = formula.version.to_s
  if UNPACKED && REPORT["url"]
    Dir.chdir(UNPACKED)
    # brew goes into a directory that is alone in the archive.
    entries = Dir["*"]
    Dir.chdir(entries.first) if entries.length == 1 && File.directory?(entries.first)
    formula.new.install
  end
rescue StandardError, NotImplementedError, LoadError, SyntaxError => e
  REPORT["error"] = "#{e.class}: #{e.message}"[0, 500]
end
puts "formula-evaluation: #{JSON.generate(REPORT)}"
